# Get-Help: every cmdlet, every parameter, and the topic about the module.

foreach ($command in @(Get-Command -Module 'VITrust' -CommandType Function | Sort-Object -Property 'Name')) {
    $script:Command = $command
    It "$($command.Name) has its help" {
        $shown = Get-Help -Name $script:Command.Name -Full
        Assert-True ("$($shown.Synopsis)".Trim().Length -gt 20) 'a synopsis'
        # What PowerShell makes up where there is no help begins with the name.
        Assert-True (-not "$($shown.Synopsis)".Trim().StartsWith($script:Command.Name)) 'a synopsis of ours'
        Assert-True (($shown.Description | Out-String).Trim().Length -gt 80) 'a description'
        Assert-True (@($shown.examples.example).Count -ge 2) 'two examples'
        $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + @([System.Management.Automation.PSCmdlet]::OptionalCommonParameters)
        foreach ($name in @($script:Command.Parameters.Keys | Where-Object { $common -notcontains $_ })) {
            $parameter = Get-Help -Name $script:Command.Name -Parameter $name
            Assert-True (($parameter.description | Out-String).Trim().Length -gt 10) "a description of -$name"
        }
        $links = @($shown.relatedLinks.navigationLink | ForEach-Object { $_.linkText })
        Assert-True ($links -contains 'about_VITrust') 'a link to the topic'
    }
}

It 'the topic about the module is found' {
    $separator = [System.IO.Path]::PathSeparator
    $paths = $env:PSModulePath
    $culture = [System.Threading.Thread]::CurrentThread.CurrentUICulture
    $env:PSModulePath = (Split-Path -Parent $script:ModulePath) + $separator + $paths
    try {
        [System.Threading.Thread]::CurrentThread.CurrentUICulture = [cultureinfo]'en-US'
        $text = Get-Help -Name 'about_VITrust' | Out-String
        Assert-Match 'Make several vCenters trust each other' $text
        Assert-Match 'What is wrong with the loop' $text
    }
    finally {
        $env:PSModulePath = $paths
        [System.Threading.Thread]::CurrentThread.CurrentUICulture = $culture
    }
}
