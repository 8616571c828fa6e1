<#
.SYNOPSIS
  Closes what Windows leaves open around a Careledger kiosk, and can undo it.
.DESCRIPTION
  harden.ps1 -Show     says what it would change, and changes nothing
  harden.ps1 -Apply    changes it, and keeps every value that was there in %ProgramData%\Careledger\hardening.json
  harden.ps1 -Undo     puts back what that file holds; the user and the kiosk's data folder stay

  For Windows 10 and 11, Enterprise and Education. Shell Launcher is reached only by the system's own account:
  psexec -i -s powershell.exe -ExecutionPolicy Bypass -File harden.ps1 -Apply
#>
[CmdletBinding(DefaultParameterSetName = 'Show')]
param(
  [Parameter(ParameterSetName = 'Show')] [switch] $Show,
  [Parameter(ParameterSetName = 'Apply', Mandatory)] [switch] $Apply,
  [Parameter(ParameterSetName = 'Undo', Mandatory)] [switch] $Undo
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$account = 'careledger-kiosk'
$noted = Join-Path $env:ProgramData 'Careledger\hardening.json'
$launcher = Join-Path $PSScriptRoot 'assigned-access.xml'

# Key, name, value, and what it closes.
$values = @(
  @('HKLM:\SYSTEM\CurrentControlSet\Services\USBSTOR', 'Start', 4, 'storage over USB'),
  @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Explorer', 'NoDriveTypeAutoRun', 255, 'programs that start from a medium'),
  @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI', 'AllowEdgeSwipe', 0, 'swipes from the edge of the screen'),
  @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System', 'HideFastUserSwitching', 1, 'switching to another user'),
  @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System', 'DisableTaskMgr', 1, 'the task manager'),
  @('HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management', 'ClearPageFileAtShutdown', 1, 'memory left in the page file'),
  @('HKLM:\SYSTEM\CurrentControlSet\Control\CrashControl', 'CrashDumpEnabled', 0, 'memory in crash dumps'),
  @('HKLM:\SYSTEM\CurrentControlSet\Control\Power', 'HibernateEnabled', 0, 'memory in the hibernation file'),
  @('HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment', 'CARELEDGER_ASSIGNED_ACCESS', '1', 'tells the kiosk that this was done')
)

function Read-Value([string] $key, [string] $name) {
  if (-not (Test-Path $key)) { return $null }
  $item = Get-ItemProperty -Path $key
  if ($item.PSObject.Properties.Name -contains $name) { return $item.$name }
  return $null
}

function Set-Shell([string] $xml) {
  $bridge = Get-CimInstance -Namespace 'root\cimv2\mdm\dmmap' -ClassName 'MDM_AssignedAccess'
  $bridge.ShellLauncher = if ($xml) { [System.Net.WebUtility]::HtmlEncode($xml) } else { $null }
  Set-CimInstance -CimInstance $bridge
}

# A printer that is added later is not told: the kiosk says at its start whether one keeps what it has printed. Without a spooler there is none.
function Get-KeepingPrinter { Get-Printer -ErrorAction SilentlyContinue | Where-Object KeepPrintedJobs | ForEach-Object Name }

# The printer itself, not its name: Set-Printer would take * and [ in a name for wildcards.
function Set-Keeping([string] $printer, [bool] $keeps) {
  Get-Printer | Where-Object Name -EQ $printer | Set-Printer -KeepPrintedJobs $keeps
}

function Assert-System {
  if (-not [System.Security.Principal.WindowsIdentity]::GetCurrent().IsSystem) {
    throw 'Run this as the system''s own account (psexec -i -s): Shell Launcher answers nobody else.'
  }
}

function Show-Change {
  "Local standard user $account; for that user the shell is what assigned-access.xml says, and there is no desktop."
  foreach ($value in $values) { '{0}\{1} = {2}: {3}' -f $value[0], $value[1], $value[2], $value[3] }
  foreach ($printer in @(Get-KeepingPrinter)) { 'Printer {0}: keeps no document once it is printed' -f $printer }
  'Not done here: the screen of Ctrl+Alt+Del (feature Keyboard Filter), sticky keys, firmware password, boot order, BitLocker. See docs/kiosk.md.'
}

function Invoke-Apply {
  Assert-System
  if (Test-Path $noted) { throw "This was done before: $noted is there. Undo it first." }
  if (-not (Get-LocalUser -Name $account -ErrorAction SilentlyContinue)) {
    New-LocalUser -Name $account -NoPassword -AccountNeverExpires -UserMayNotChangePassword | Out-Null
    Add-LocalGroupMember -SID 'S-1-5-32-545' -Member $account
  }
  $before = foreach ($value in $values) { @{ key = $value[0]; name = $value[1]; value = Read-Value $value[0] $value[1] } }
  $keeping = @(Get-KeepingPrinter)
  New-Item -ItemType Directory -Force -Path (Split-Path $noted) | Out-Null
  ConvertTo-Json -InputObject @{ values = @($before); keepingPrinters = $keeping } -Depth 4 | Set-Content -Path $noted -Encoding utf8
  foreach ($printer in $keeping) { Set-Keeping $printer $false }
  foreach ($value in $values) {
    if (-not (Test-Path $value[0])) { New-Item -Path $value[0] -Force | Out-Null }
    $type = if ($value[2] -is [string]) { 'String' } else { 'DWord' }
    New-ItemProperty -Path $value[0] -Name $value[1] -Value $value[2] -PropertyType $type -Force | Out-Null
  }
  Enable-WindowsOptionalFeature -Online -FeatureName 'Client-EmbeddedShellLauncher' -All -NoRestart | Out-Null
  Set-Shell (Get-Content -Raw -Path $launcher)
  'Done. Restart the computer, and sign in as the kiosk''s user.'
}

function Invoke-Undo {
  Assert-System
  if (-not (Test-Path $noted)) { throw "There is nothing to undo: $noted is not there." }
  Set-Shell ''
  $before = Get-Content -Raw -Path $noted | ConvertFrom-Json
  foreach ($printer in $before.keepingPrinters) { Set-Keeping $printer $true }
  foreach ($value in $before.values) {
    if ($null -eq $value.value) { Remove-ItemProperty -Path $value.key -Name $value.name -ErrorAction SilentlyContinue }
    else { Set-ItemProperty -Path $value.key -Name $value.name -Value $value.value }
  }
  Remove-Item -Path $noted
  "Undone after a restart. User $account and the kiosk's data folder are still there: revoke the kiosk under Devices, then remove them."
}

if ($Apply) { Invoke-Apply } elseif ($Undo) { Invoke-Undo } else { Show-Change }
