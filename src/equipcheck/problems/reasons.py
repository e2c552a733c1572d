"""Why the system would not read or write something, in words that a reader of messages understands."""

from __future__ import annotations

import errno

_RIGHTS = "没有权限，或正被其他程序占用"
_NETWORK = "网盘没有响应"
_REASONS = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EBUSY: "正被其他程序占用",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过磁盘允许的大小",
    errno.ENAMETOOLONG: "名字太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.ETIMEDOUT: _NETWORK,
    errno.EHOSTUNREACH: _NETWORK,
    errno.ENETUNREACH: _NETWORK,
    errno.EADDRINUSE: "已被占用",
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = "磁盘配额已满"


def reason_of(error: OSError) -> str:
    """What stood in the way."""
    known = _REASONS.get(error.errno or 0)
    return known or f"系统报错 {error.errno or type(error).__name__}"
