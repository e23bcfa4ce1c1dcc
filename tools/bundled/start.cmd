@echo off
rem Starts Trivselstavlen from this folder. The first start installs it, and so does the first start of a newer folder,
rem without the internet. Everything people write is in "Trivselstavlen" in your user folder, and stays there.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "PLACE=%USERPROFILE%\Trivselstavlen"
set "RUN=%PLACE%\program\Scripts\python.exe"
if exist "%RUN%" "%RUN%" -c "import importlib.metadata as m, sys; sys.exit(m.version('trivselstavlen') != '@VERSION@')" >nul 2>nul && goto serve
set "PYTHON="
for %%P in ("py -3.14" "py -3.13" "py -3.12" "py -3.11" "python") do if not defined PYTHON call :try %%~P
if not defined PYTHON goto missing
echo Installerer ... / Installing ...
%PYTHON% -m venv --clear "%PLACE%\program" || goto failed
"%RUN%" -m pip install -q --disable-pip-version-check --no-index --find-links "%~dp0." "trivselstavlen==@VERSION@" || goto failed
:serve
if not defined TRIVSEL_DATA set "TRIVSEL_DATA=%PLACE%\data"
cd /d "%PLACE%"
"%RUN%" -m app serve
pause
exit /b

:try
%* -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))" >nul 2>nul && set "PYTHON=%*"
exit /b

:missing
echo Python 3.11 eller nyere mangler: se INSTALL.txt.
echo Python 3.11 or newer is missing: see INSTALL.txt.
pause
exit /b 1

:failed
echo Det kunne ikke installeres. / It could not be installed.
pause
exit /b 1
