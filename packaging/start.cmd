@echo off
rem 双击打开；或把一份台账、一个项目文件夹拖到这个文件上。不联网，不动系统，全部装在本文件夹里。
setlocal
set "HERE=%~dp0"
set "PY="
if exist "%HERE%python\python.exe" set "PY=%HERE%python\python.exe"
if not defined PY where py >nul 2>nul && set "PY=py"
if not defined PY where python >nul 2>nul && set "PY=python"
if not defined PY (
  echo 没有找到 Python 3.11 以上版本。请把 Python 的 embeddable package 解压到本文件夹的 python 子文件夹里，再双击一次。
  pause
  exit /b 2
)
set "PYTHONUTF8=1"
"%PY%" "%HERE%install.py"
if errorlevel 1 (
  pause
  exit /b 2
)
set "PYTHONPATH=%HERE%lib"
set "TARGET=%~1"
if not defined TARGET set "TARGET=%USERPROFILE%\Documents\equipcheck"
if not exist "%TARGET%" mkdir "%TARGET%"
if not exist "%TARGET%\" set "TARGET=%~dp1."
echo 正在打开浏览器。用完关闭这个窗口即可。
"%PY%" -m equipcheck desk "%TARGET%"
if errorlevel 1 pause
