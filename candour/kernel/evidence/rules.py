"""How much a body may keep, and how sizes are said (pure). Sizes are in bytes; a quota of 0 sets no limit."""

from dataclasses import dataclass

KILO, MEGA, GIGA = 1000, 1000**2, 1000**3


def say_size(size: int) -> str:
    """204 kB, 1.3 MB or 12.4 GB."""
    if size < MEGA:
        return f"{max(1, round(size / KILO)) if size else 0} kB"
    return f"{size / MEGA:.1f} MB" if size < GIGA else f"{size / GIGA:.1f} GB"


@dataclass(frozen=True)
class Room:
    """What the files of a body take, each content once, and what they may take."""

    used: int
    quota: int

    @property
    def limited(self) -> bool:
        return self.quota > 0

    @property
    def left(self) -> int:
        """How much more it may keep; 0 where nothing more, and where there is no limit."""
        return max(0, self.quota - self.used)

    @property
    def share(self) -> int:
        """Hundredths of the quota that are taken, 100 at most."""
        return min(100, self.used * 100 // self.quota) if self.quota else 0

    def holds(self, size: int) -> bool:
        """Whether so many bytes more find room."""
        return not self.limited or size <= self.left

    @property
    def used_text(self) -> str:
        return say_size(self.used)

    @property
    def left_text(self) -> str:
        return say_size(self.left)

    @property
    def quota_text(self) -> str:
        return say_size(self.quota)
