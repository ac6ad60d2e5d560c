"""What the people of the journeys type into the forms, by the names of the fields; over HTTP and in a browser alike."""

from io import BytesIO

from PIL import Image

STATEMENT = {
    "fee": {"fee_mode": "lump_sum"},
    "price": {"fixed_amount": "5万元", "payment_terms": "签发书面通知后三十日内一次付清。"},
    "term": {"term_mode": "months", "term_months": "36"},
    "contact": {"contact_name": "许可办公室", "contact_phone": "0571 5550 0101"},
    "explanation": {"explanation": "参照同行业普通许可的平均费用，按预计五家被许可人折算。"},
    "undertakings": {
        "undertakes_no_exclusive": "on",
        "undertakes_open_to_all": "on",
        "undertakes_keep_in_force": "on",
        "undertakes_export_rules": "on",
        "signed_name": "林知远",
    },
}
CORRECTION = "请写明联系人姓名。"
CORRECTED_CONTACT = {"contact_name": "林知远", "contact_phone": "0571 5550 0101"}
NOTICE = {
    "licensee_address": "8 Pearl River Road",
    "contact_name": "Li Na",
    "contact_phone": "020 8000 0000",
    "signed_name": "Li Na",
}
PAYMENT = {
    "amount": "50000",
    "bank": "Bank of the Pearl River",
    "voucher_number": "V-1",
    "account_tail": "4321",
}
REQUEST = {
    "dispute": {"subject": "payment", "claim": "A receipt for the payment."},
    "facts": {"facts": "Paid on the day of the notice, no receipt since."},
    "proceedings": {"declared_proceedings": "none"},
}
CONFIDED = {"audience": "applicant", "kind": "accounts", "title": "Our own ledger"}
ANSWER = {"agrees": "yes", "statement": "We will look for it."}
SESSION = {"audience": "joint", "mode": "offline", "place": "Room 3, Lakeside House"}
MINUTES = {
    "applicant_attended": "on",
    "respondent_attended": "on",
    "attendees": "Li Na; Lin Zhiyuan",
    "minutes": "Both sides looked for the receipt and found none.",
}
AGREEMENT = {
    "parties": "Both",
    "facts": "A license is in force.",
    "dispute": "The receipt.",
    "result": "The patentee hands over a receipt.",
    "performance_mode": "By post.",
}


def scan(shade: int) -> bytes:
    """Return a scanned paper as a PNG; another shade is another paper."""
    content = BytesIO()
    Image.new("L", (40, 40), shade).save(content, "PNG")
    return content.getvalue()
