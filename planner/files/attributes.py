"""File attributes: owner, group, mode, access list, extended attributes.

A new file that replaces an old one needs all of these, or colleagues can't open their roadmap any
more. `keep` copies them or reports that it can't; then the old file is written in place.
"""

from __future__ import annotations

import errno
import os
import stat

_NO_ATTRIBUTES = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_SYSTEM_S_OWN = ("security.", "trusted.", "system.nfs4", "system.dos", "system.cifs", "system.sm")
"""Set by the system itself on every new file, from the folder and from who writes."""


class CanNotKeep(Exception):
    """The new file can't be made like the old one."""


def keep(descriptor: int, like: int, info: os.stat_result) -> None:
    """Give an open new file the owner, group, mode and attributes of an open old one.

    The owner may become ours where the system does not let us give files away. Raises CanNotKeep
    for a group, an access list or an attribute that can't be kept.
    """
    _keep_group(descriptor, info)
    _keep_attributes(descriptor, like)
    # Last, because giving a file away and setting its access list both change the mode.
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != stat.S_IMODE(info.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(info.st_mode))


def _keep_group(descriptor: int, info: os.stat_result) -> None:
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) == (info.st_uid, info.st_gid):
        return
    try:
        os.fchown(descriptor, info.st_uid, info.st_gid)
    except PermissionError:
        if mine.st_gid == info.st_gid:
            return
        try:
            os.fchown(descriptor, -1, info.st_gid)
        except PermissionError:
            raise CanNotKeep("its group") from None


def _keep_attributes(descriptor: int, like: int) -> None:
    """Access lists are attributes too: `system.posix_acl_access`."""
    wanted, found = _attributes(like), _attributes(descriptor)
    try:
        for name in found.keys() - wanted.keys():
            os.removexattr(descriptor, name)
        for name, value in wanted.items():
            if found.get(name) != value:
                os.setxattr(descriptor, name, value)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        raise CanNotKeep("its access list or attributes") from None


def _attributes(descriptor: int) -> dict[str, bytes]:
    if not hasattr(os, "listxattr"):
        return {}
    try:
        names = os.listxattr(descriptor)
        return {
            name: os.getxattr(descriptor, name)
            for name in names
            if not name.startswith(_SYSTEM_S_OWN)
        }
    except OSError as error:
        if error.errno in _NO_ATTRIBUTES:
            return {}
        raise
