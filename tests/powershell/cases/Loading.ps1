# Importing: what is exported, how fast, and what is said when it cannot be.

$watch = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module -Name $script:ModulePath -ErrorAction Stop
Write-Host "imported in $($watch.ElapsedMilliseconds) ms"

It 'the manifest is well formed and the module exports nine functions' {
    $manifest = Test-ModuleManifest -Path (Join-Path $script:ModulePath 'VITrust.psd1') -ErrorAction Stop
    Assert-Equal 9 $manifest.ExportedFunctions.Count
    $module = Get-Module -Name 'VITrust'
    Assert-Equal $manifest.Version $module.Version
    Assert-Equal @($manifest.ExportedFunctions.Keys | Sort-Object) @($module.ExportedCommands.Keys | Sort-Object)
    Assert-Equal 0 @($module.ExportedVariables.Keys).Count
    Assert-Equal 0 @($module.ExportedAliases.Keys).Count
}

It 'the library is the one of the package and has the version of the manifest' {
    Assert-True ([VITrust.Native]::LibraryPath.StartsWith($script:ModulePath)) 'the library is below the module'
    Assert-Equal (Get-Module -Name 'VITrust').Version ([VITrust.Native]::Version())
    Assert-Equal 1 ([VITrust.Native]::AbiVersion())
}

It 'importing again loads nothing and keeps the types' {
    $loaded = @([System.AppDomain]::CurrentDomain.GetAssemblies()).Count
    Import-Module -Name $script:ModulePath -Force -ErrorAction Stop
    Assert-Equal $loaded @([System.AppDomain]::CurrentDomain.GetAssemblies()).Count 'the number of assemblies'
    Assert-Equal 4 (Import-VITrustStore -Path (Get-Sample 'vc01/trusted-roots.txt')).Count
}

It 'a missing library is one sentence with platform, architecture and path' {
    $copy = Copy-Module 'without library'
    Remove-Item -LiteralPath (Join-Path $copy 'runtimes') -Recurse -Force
    $message = ''
    try { Import-Module -Name $copy -ErrorAction Stop } catch { $message = $_.Exception.Message }
    Assert-Match 'no native library for platform (win|linux|osx), architecture \w+; looked for .*runtimes' $message
    Assert-Equal $script:ModulePath (Get-Module -Name 'VITrust').ModuleBase 'the module that stays loaded'
}

It 'a missing assembly is one sentence with its path, and the module is not loaded' {
    $copy = Copy-Module 'without assembly'
    Get-ChildItem -LiteralPath $copy -Recurse -Filter 'VITrust.Interop.dll' | Remove-Item -Force
    $said = Get-Import $copy
    Assert-Match 'cannot be loaded: there is no .*VITrust\.Interop\.dll; reinstall the module' $said
    Assert-Match 'not loaded$' $said
}

It 'a library that does not load has its true reason' {
    $copy = Copy-Module 'damaged library'
    $library = [VITrust.Native]::LibraryPath.Replace($script:ModulePath, $copy)
    [System.IO.File]::WriteAllText($library, 'no library')
    $said = Get-Import $copy
    $reason = if ($IsLinux) { ': file too short|: invalid ELF header' } else { '0x8007000B|0x800700C1|not a valid|incorrect format' }
    Assert-Match "does not work here.*($reason)" $said
    Assert-Match 'not loaded$' $said
}

It 'a library in the folder somebody works in is not taken' {
    $copy = Copy-Module 'moved library'
    $library = [VITrust.Native]::LibraryPath.Replace($script:ModulePath, $copy)
    $elsewhere = Join-Path $script:Scratch 'elsewhere'
    $null = New-Item -ItemType Directory -Path $elsewhere
    Copy-Item -LiteralPath $library -Destination $elsewhere
    [System.IO.File]::WriteAllText($library, 'no library')
    Push-Location -LiteralPath $elsewhere
    try { $said = Get-Import $copy } finally { Pop-Location }
    Assert-Match 'does not work here' $said
}

It 'a module that cannot be loaded is not loaded where errors are silenced either' {
    $copy = Copy-Module 'without library and errors'
    Remove-Item -LiteralPath (Join-Path $copy 'runtimes') -Recurse -Force
    $text = "`$ErrorActionPreference = 'SilentlyContinue'`nImport-Module -Name '$($copy.Replace("'", "''"))'`nif (Get-Module -Name 'VITrust') { 'loaded' } else { 'not loaded' }"
    $shell = [powershell]::Create()
    try {
        $answer = ''
        try { $answer = @($shell.AddScript($text).Invoke()) -join ' ' } catch { $answer = 'not loaded' }
        Assert-Equal 'not loaded' $answer
    }
    finally {
        $shell.Dispose()
    }
}

It 'errors of the module follow the preference of the session' {
    $left = & (Get-Module -Name 'VITrust') { Get-Variable -Name 'ErrorActionPreference' -Scope Script -ErrorAction Ignore }
    Assert-True ($null -eq $left) 'no preference of its own'
}

It 'another copy of the module in the same session asks for a new session' {
    $copy = Copy-Module 'second copy'
    $message = ''
    try { Import-Module -Name $copy -ErrorAction Stop } catch { $message = $_.Exception.Message }
    Assert-Match 'restart the session' $message
}

It 'a process of its own loads it from a folder with blanks and letters beyond ASCII' {
    $copy = Copy-Module ('a folder with ' + [char]0xE9 + " and 'quotes'")
    $file = Join-Path $script:Scratch 'elsewhere.ps1'
    $lines = @(
        'param($Module, $File)'
        'Import-Module -Name $Module -ErrorAction Stop'
        'Write-Output ("count " + (Import-VITrustStore -Path $File).Count)'
    )
    [System.IO.File]::WriteAllLines($file, [string[]]$lines)
    $program = Get-Program
    $output = & $program -NoLogo -NoProfile -NonInteractive -File $file $copy (Get-Sample 'vc01/trusted-roots.txt') 2>&1
    Assert-Match 'count 4' (@($output | ForEach-Object { "$_" }) -join ' ')
}

It 'a session in constrained language mode is told so' {
    $space = [runspacefactory]::CreateRunspace()
    $space.Open()
    $space.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
    $shell = [powershell]::Create()
    $shell.Runspace = $space
    $null = $shell.AddCommand('Import-Module').AddParameter('Name', $script:ModulePath)
    $message = ''
    try {
        $null = $shell.Invoke()
        $message = @($shell.Streams.Error.ReadAll() | ForEach-Object { $_.Exception.Message }) -join ' '
    }
    catch {
        $message = $_.Exception.Message
    }
    finally {
        $shell.Dispose()
        $space.Dispose()
    }
    Assert-Match 'ConstrainedLanguage' $message
}
