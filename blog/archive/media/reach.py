"""Which addresses of machines may be asked for anything: public ones alone."""

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network

# A public address that, from within Azure, is the machine's own warden
# (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16)
WARDEN = IPv4Address("168.63.129.16")
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
# RFC 8215, 4291 (IPv4 in the last bits, given up), 4380 (Teredo), 3879 (site-local), 5180
NEVER = tuple(
    IPv6Network(net) for net in ("64:ff9b:1::/48", "::/96", "2001::/32", "fec0::/10", "2001:2::/48", "100::/64")
)


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public net, also where it stands within another kind of address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed.scope_id is not None:
            return False
        inner = _within(parsed)
        if inner is not None:
            return is_public(str(inner))
        if any(parsed in net for net in NEVER):
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved and parsed != WARDEN


def _within(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for: mapped (RFC 4291), NAT64 (6052) or 6to4 (3056)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour


def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, each once; raise OSError if it has none."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
