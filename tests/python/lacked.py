"""What Windows PowerShell 5.1 lacks, which runs nowhere that these tests run."""

from __future__ import annotations

import re

import powershell as ps

#: Parameters of commands: "What's new in PowerShell Core 6.0" to "7.4", and the reference of each command on
#: learn.microsoft.com under the moniker powershell-5.1.
LACKED_PARAMETERS = {
    "ConvertFrom-Json": {"AsHashtable", "Depth", "NoEnumerate", "DateKind"},
    "ConvertTo-Json": {"AsArray", "EnumsAsStrings", "EscapeHandling"},
    "ConvertTo-Csv": {"QuoteFields", "UseQuotes", "NoHeader"},
    "Export-Csv": {"QuoteFields", "UseQuotes", "NoHeader"},
    "Foreach-Object": {"Parallel", "ThrottleLimit", "AsJob", "TimeoutSeconds"},
    "Get-ChildItem": {"FollowSymlink"},
    "Get-Content": {"AsByteStream"},
    "Get-Random": {"Shuffle"},
    "Get-Uptime": {"Since"},
    "Group-Object": {"CaseSensitiveHash"},
    "Import-Module": {"SkipEditionCheck", "UseWindowsPowerShell"},
    "Invoke-RestMethod": {
        "SkipCertificateCheck",
        "NoProxy",
        "Authentication",
        "Token",
        "MaximumRetryCount",
        "FollowRelLink",
    },
    "Invoke-WebRequest": {"SkipCertificateCheck", "NoProxy", "Authentication", "Token", "MaximumRetryCount", "Resume"},
    "Join-Path": {"AdditionalChildPath"},
    "New-Item": {"Options"},
    "Out-String": {"NoNewline"},
    "Remove-Item": {"ProgressAction"},
    "Select-Object": {"CaseInsensitive"},
    "Select-String": {"Raw", "NoEmphasis", "Culture"},
    "Set-Content": {"AsByteStream"},
    "Sort-Object": {"Top", "Bottom", "Stable"},
    "Split-Path": {"LeafBase", "Extension"},
    "Start-Process": {"Environment"},
    "Test-Connection": {"TargetName", "Ping", "TcpPort"},
    "Write-Information": {"ProgressAction"},
}
#: Commands that it lacks as they come with later versions.
LACKED_COMMANDS = {
    "Join-String",
    "Get-Error",
    "Test-Json",
    "Get-Uptime",
    "Remove-Alias",
    "Remove-Service",
    "ConvertFrom-Markdown",
    "Show-Markdown",
    "Start-ThreadJob",
    "Switch-Process",
    "ConvertTo-CliXml",
    "ConvertFrom-CliXml",
    "Enable-ExperimentalFeature",
}
#: Types that .NET Framework 4.5 lacks, which Windows PowerShell 5.1 may run on.
LACKED_TYPES = {
    "System.DateOnly",
    "System.TimeOnly",
    "System.HashCode",
    "System.Index",
    "System.Range",
    "System.Text.Json",
    "System.Half",
    "System.Security.Cryptography.RandomNumberGenerator]::GetBytes",
    "System.Convert]::ToHexString",
    "System.Convert]::FromHexString",
    "System.IO.Path]::GetRelativePath",
    "System.Environment]::ProcessPath",
    "System.OperatingSystem]::IsWindows",
}
#: Values of -Encoding that it lacks: about_Character_Encoding.
LACKED_ENCODINGS = {"utf8NoBOM", "utf8BOM", "bigendianutf32", "ansi"}
#: Tests that ask for the version before they use what only PowerShell 7 has.
ASKS_FIRST = {"Work.ps1", "Live.ps1"}


def lacked(text: str) -> list[str]:
    """What of a script Windows PowerShell 5.1 lacks; syntax that it lacks does not parse for `ps.parse` either."""
    tree = ps.parse(text)
    found = ["&& and || between pipelines"] if any(ps.nodes(tree, "pipeline_chain_tail")) else []
    for call in ps.commands(text):
        name = next((known for known in LACKED_PARAMETERS if known.lower() == call.name.lower()), "")
        found += [
            f"{call.name} -{one}"
            for one in call.parameters
            if one.lower() in {p.lower() for p in LACKED_PARAMETERS.get(name, ())}
        ]
        found += [call.name for known in LACKED_COMMANDS if known.lower() == call.name.lower()]
        found += [one for one in LACKED_ENCODINGS if re.search(rf"-Encoding '?{one}\b", call.text, re.IGNORECASE)]
        # A second child is one of version 6.
        if call.name == "Join-Path" and re.fullmatch(r"Join-Path( +('[^']*'|\$[\w:.]+)){3,}", call.text):
            found.append(call.text)
    found += [one for one in LACKED_TYPES if f"[{one}" in text]
    if re.search(r"^\s*clean \{", text, re.MULTILINE):
        found.append("a clean block")
    return found
