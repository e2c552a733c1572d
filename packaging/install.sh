#!/bin/sh
# 安装 equipcheck：不联网，只用本文件夹里的组件。装好后用本文件夹里的 ./equipcheck
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
command -v "$python" >/dev/null || { echo "错误：没有找到 python3（3.11 以上）" >&2; exit 2; }
"$python" "$here/install.py"
cat > "$here/equipcheck" <<EOF
#!/bin/sh
PYTHONPATH="$here/lib" exec "$(command -v "$python")" -m equipcheck "\$@"
EOF
chmod +x "$here/equipcheck"
"$here/equipcheck" --version
echo "以后运行：$here/equipcheck desk（浏览器里用），或 $here/equipcheck report 台账.xlsx"
