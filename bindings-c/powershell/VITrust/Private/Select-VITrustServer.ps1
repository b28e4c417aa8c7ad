# Sorts what came through the pipeline to a cmdlet that asks servers or reads paths: connections and objects that name a server, or
# files. A text is a path, or with the parameters of a login a server. Anything else is refused by its type: none becomes a name by its
# text.
function Select-VITrustServer {
    [CmdletBinding()]
    param(
        [AllowNull()]
        [object] $InputObject,

        # Whether a login was given, which a path has no use for.
        [switch] $HasLogin
    )

    $result = @{ Server = @(); Path = @() }
    if ($InputObject -is [string]) {
        if ($HasLogin) { $result.Server = @($InputObject) } else { $result.Path = @($InputObject) }
        return $result
    }
    if ($InputObject -is [System.IO.FileSystemInfo]) {
        $result.Path = @([System.Management.Automation.WildcardPattern]::Escape($InputObject.FullName))
        return $result
    }
    $isOther = $null -eq $InputObject -or $InputObject -is [System.Collections.IDictionary] -or $InputObject -is [System.Diagnostics.Process] -or
        $InputObject -is [System.Management.Automation.PSModuleInfo]
    $name = @('SessionSecret', 'Server', 'FullName', 'Path' | Where-Object { -not $isOther -and $InputObject.PSObject.Properties[$_] })[0]
    switch ($name) {
        'SessionSecret' { $result.Server = @($InputObject) }
        'Server' { $result.Server = @($InputObject.Server) }
        { $_ -in 'FullName', 'Path' } { $result.Path = @($InputObject.$name) }
        default {
            Assert-VITrustKind -InputObject $InputObject -Parameter 'Server' -Wanted 'a connection of PowerCLI, an object with a Server or a Path, a file or a path'
        }
    }
    $result
}
