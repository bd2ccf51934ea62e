# The Windows twin of the Makefile: .\tasks.ps1 setup | run | test | check | sim
param(
    [Parameter(Position = 0)][ValidateSet("setup", "run", "test", "check", "sim")][string]$Task = "run",
    [int]$Seeds = 1000
)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$Python = ".venv\Scripts\python.exe"

function Invoke-Step {
    & $args[0] @($args | Select-Object -Skip 1)
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Install-Program {
    $lock = (Get-FileHash requirements.lock -Algorithm SHA256).Hash
    if ((Test-Path .venv\.ok) -and ((Get-Content .venv\.ok) -eq $lock)) { return }
    if (-not (Test-Path $Python)) { Invoke-Step py -3 -m venv .venv }
    Invoke-Step $Python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
    Invoke-Step $Python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    Set-Content .venv\.ok $lock
}

Install-Program
switch ($Task) {
    "run" { Invoke-Step $Python -m oirs_desktop demo }
    "test" {
        $env:QT_QPA_PLATFORM = "offscreen"
        Invoke-Step $Python -m pytest -n 2 -q tests
    }
    "sim" { Invoke-Step $Python -m tests.sim --seeds $Seeds }
    "check" {
        Invoke-Step .venv\Scripts\ruff.exe check .
        Invoke-Step .venv\Scripts\ruff.exe format --check .
        Invoke-Step .venv\Scripts\mypy.exe
        Invoke-Step .venv\Scripts\lint-imports.exe --no-logo
        $env:QT_QPA_PLATFORM = "offscreen"
        Invoke-Step $Python -m pytest -q tests/house
    }
}
