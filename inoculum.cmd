@echo off
rem Starts inoculum on Windows: finds Java, shows UTF-8 on the console, and hands over.
rem INOCULUM_JAVA_OPTS may hold options for Java, separated by spaces.
setlocal EnableExtensions DisableDelayedExpansion

rem Never a java.exe that lies in the working folder.
set "NoDefaultCurrentDirectoryInExePath=1"
if not defined JAVA_HOME goto search
set "JAVA_HOME=%JAVA_HOME:"=%"
if not exist "%JAVA_HOME%\bin\java.exe" goto nothing
set "PATH=%JAVA_HOME%\bin;%PATH%"
goto version

:nothing
>&2 echo inoculum: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it; point it to a Java of version 17 or later
exit /b 1

:search
set "_java="
for %%j in (java.exe) do set "_java=%%~$PATH:j"
if defined _java goto version
>&2 echo inoculum: no Java was found; install a Java of version 17 or later, or set JAVA_HOME to one
exit /b 1

:version
set "_version="
for /f "tokens=2" %%a in ('java.exe --version') do if not defined _version set "_version=%%a"
set "_major=0"
for /f "delims=.-+" %%v in ("%_version%") do set "_major=%%v"
if %_major% GEQ 17 goto start
>&2 echo inoculum: Java here is version "%_version%"; version 17 or later is needed, and JAVA_HOME may name one
exit /b 1

:start
set "_native="
if %_major% GEQ 22 set "_native=--enable-native-access=ALL-UNNAMED"
if %_major% GEQ 23 set "_native=%_native% --sun-misc-unsafe-memory-access=allow"
set "_utf8=-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"
if %_major% LSS 19 set "_utf8=-Dfile.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8"

rem The console goes back to the code page that it had.
set "_page="
for /f "tokens=2 delims=:." %%p in ('chcp') do set "_page=%%p"
chcp 65001 >nul 2>nul
java.exe -XX:+UseSerialGC -Djava.awt.headless=true %_utf8% -Dinoculum.command=inoculum %_native% %INOCULUM_JAVA_OPTS% -cp "%~dp0lib\*" org.inoculum.cli.Main %*
set "_exit=%ERRORLEVEL%"
if defined _page chcp %_page% >nul 2>nul
exit /b %_exit%
