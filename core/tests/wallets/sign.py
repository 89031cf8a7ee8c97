"""Signs texts as a wallet does. Input: {"key", "texts"}; output: {"address", "signatures"}, 65 bytes each, in hexadecimal."""

import json
import sys

from eth_account import Account
from eth_account.messages import encode_defunct

request = json.load(sys.stdin)
account = Account.from_key(request["key"])
signed = [account.sign_message(encode_defunct(text=text)) for text in request["texts"]]
signatures = ["0x" + bytes(one.signature).hex() for one in signed]
json.dump({"address": account.address, "signatures": signatures}, sys.stdout)
