"""The people who come, drawn by a fixed seed: no name stands for anybody."""

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Lý",
    "Mai",
    "Đinh",
    "Trịnh",
)
MEN = ("Văn Hùng", "Đức Thịnh", "Quốc Khánh", "Hữu Phước", "Minh Trí", "Thế Vinh", "Xuân Bắc", "Công Luận")
WOMEN = (
    "Thị Hạnh",
    "Ngọc Diễm",
    "Thị Thu Sương",
    "Thanh Thảo",
    "Thị Kim Cúc",
    "Mỹ Duyên",
    "Thị Xoan",
    "Phương Uyên",
)
HIGHLAND = (("Y Thuột Niê", "nam"), ("H’Bia Êban", "nữ"), ("K’Brêh Ya", "nam"), ("Giàng A Pháo", "nam"))
HAMLETS = ("Thôn Trung Tâm", "Thôn 1", "Thôn 2", "Buôn Kô Tam", "Thôn Đồi Chè", "Tổ 3, Thôn Bến")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the counter, with the card in their hand."""

    name: str
    number: str
    born: str
    sex: str
    phone: str
    address: str

    @property
    def card(self) -> str:
        """The line a scanner reads from the card."""
        day, month, year = self.born.split("/")
        return f"{self.number}||{self.name}|{day}{month}{year}|{self.sex}|{self.address}|15062022"


def someone(chance: Random) -> Person:
    """One more person."""
    woman = chance.random() < 0.5
    if chance.random() < 0.12:
        name, sex = chance.choice(HIGHLAND)
    else:
        name, sex = (
            f"{chance.choice(SURNAMES)} {chance.choice(WOMEN if woman else MEN)}",
            "Nữ" if woman else "Nam",
        )
    year = chance.randrange(1948, 2000)
    born = f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/{year}"
    number = f"066{1 if sex.lower() == 'nữ' else 0}{year % 100:02}{chance.randrange(10**6):06}"
    phone = f"09{chance.randrange(10**8):08}"
    return Person(name, number, born, sex.capitalize(), phone, f"{chance.choice(HAMLETS)}, Xã Mẫu")
