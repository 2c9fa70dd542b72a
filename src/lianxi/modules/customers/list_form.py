"""What a list of customers looks like: columns, titles, notes."""

from lianxi.office.imports.sheet import ListForm

MOST_LINES = 100_000

FORM = ListForm(
    title=("客户", "Customers"),
    columns={
        "name": ("姓名", "name"),
        "certificate": ("用户证号", "certificate"),
        "number": ("电话", "number"),
        "sex": ("性别", "sex"),
        "company": ("单位", "company"),
        "level": ("等级", "level"),
        "tags": ("标签", "tags"),
        "address": ("地址", "address"),
        "place": ("地区", "place"),
        "language": ("语言", "language"),
        "email": ("邮箱", "e-mail"),
        "remark": ("备注", "remark"),
        "confidential": ("保密", "confidential"),
    },
    needed=("name",),
    notes={
        "name": ("必填,最多 200 字。", "Needed, at most 200 signs."),
        "certificate": (
            "可留空,最多 40 位。与已有客户相同即为同一客户。",
            "May be empty, at most 40 signs. The same as a customer's = that customer.",
        ),
        "number": (
            "可留空。多个号码用分号隔开,标签写在冒号后。例:13800138000:手机;021-54321234:单位。"
            "号码和姓名都与一位已有客户相同即为同一客户。",
            "May be empty. Several with semicolons between, a label behind a colon, e.g. "
            "13800138000:mobile. The same number and name as one customer's = that customer.",
        ),
        "sex": ("可留空。男或女。", "May be empty: male or female."),
        "company": ("可留空,最多 200 字。", "May be empty, at most 200 signs."),
        "level": ("可留空,最多 40 字。", "May be empty, at most 40 signs."),
        "tags": (
            "可留空。多个标签用分号隔开;已有客户只增加,不去掉。",
            "May be empty. With semicolons between; a customer who is there keeps those it has.",
        ),
        "address": ("可留空,最多 200 字。", "May be empty, at most 200 signs."),
        "place": ("可留空,最多 200 字。", "May be empty, at most 200 signs."),
        "language": ("可留空,最多 40 字。", "May be empty, at most 40 signs."),
        "email": ("可留空。", "May be empty."),
        "remark": ("可留空,最多 2000 字。", "May be empty, at most 2,000 signs."),
        "confidential": ("可留空。是或否。", "May be empty: yes or no."),
    },
    most=MOST_LINES,
)
