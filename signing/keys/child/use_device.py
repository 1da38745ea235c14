"""Talk to signing devices through their PKCS#11 library: lines of JSON in and out.

`{"module", "list": true}` is answered with the devices. `{"module", "label", "serial"}` finds one and is answered with
its public certificates: no PIN is needed to read them, so whoever may not use the device never gets to try one. Then
`{"pin"}` opens it and is answered with the keys there; each following `{"id", "mechanism", "data"}` with a signature.
"""

import base64
import json
import sys
from typing import Any

import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass, TokenFlag
from pkcs11.util.ec import encode_ecdsa_signature

_FLAGS = {
    "final_try": TokenFlag.USER_PIN_FINAL_TRY,
    "few_tries": TokenFlag.USER_PIN_COUNT_LOW,
    "locked": TokenFlag.USER_PIN_LOCKED,
}


def say(answer: Any) -> None:
    """One line out."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def hear() -> dict[str, Any]:
    """One line in; the end of the conversation ends the process."""
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    heard: dict[str, Any] = json.loads(line)
    return heard


def described(token: pkcs11.Token) -> dict[str, Any]:
    """What a person needs to tell it from others, and how it stands."""
    serial = token.serial.decode(errors="replace").strip("\x00 ")
    model, maker = token.model.strip("\x00 "), token.manufacturer_id.strip("\x00 ")
    facts = {"label": token.label.strip("\x00 "), "serial": serial, "model": model, "maker": maker}
    return facts | {name: bool(token.flags & flag) for name, flag in _FLAGS.items()}


def devices(module: str) -> list[pkcs11.Token]:
    """The devices that are there and made ready."""
    slots = pkcs11.lib(module).get_slots(token_present=True)
    found = [slot.get_token() for slot in slots]
    return [token for token in found if token.flags & TokenFlag.TOKEN_INITIALIZED]


def serve(asked: dict[str, Any]) -> None:
    """Tell the certificates of the device, open it with the PIN that comes then, sign what is asked."""
    wanted = (asked["label"], asked["serial"])
    found = [
        each for each in devices(asked["module"]) if (described(each)["label"], described(each)["serial"]) == wanted
    ]
    if not found:
        say({"fault": "NoSuchToken"})
        return
    with found[0].open() as session:
        stored = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
        say({"certificates": [_certificate(one) for one in stored]})
    pin = hear()["pin"]
    token = found[0].slot.get_token()  # how it stands now: somebody else may have tried a PIN meanwhile
    if fault := _endangered(token):
        say({"fault": fault})
        return
    with token.open(user_pin=pin) as session:
        kept = {
            bytes(one[Attribute.ID]): one for one in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
        }
        say({"keys": [base64.b64encode(key).decode() for key in kept]})
        while True:
            order = hear()
            say({"signature": _signature(kept[base64.b64decode(order["id"])], order)})


def _endangered(token: pkcs11.Token) -> str | None:
    """Why no PIN may be sent: it is locked, or one more wrong PIN would lock it."""
    state = described(token)
    if state["locked"]:
        return "PinLocked"
    return "PinFinalTry" if state["final_try"] else None


def _certificate(one: Any) -> dict[str, str]:
    return {name: base64.b64encode(one[of]).decode() for name, of in (("der", Attribute.VALUE), ("id", Attribute.ID))}


def _signature(key: Any, order: dict[str, Any]) -> str:
    data = base64.b64decode(order["data"])
    made = key.sign(data, mechanism=Mechanism[order["mechanism"]])
    if order["mechanism"] == "ECDSA":
        made = encode_ecdsa_signature(made)
    return base64.b64encode(made).decode()


def main() -> None:
    """What goes wrong in the device's library is answered by its name."""
    asked = hear()
    try:
        if asked.get("list"):
            say({"devices": [described(token) for token in devices(asked["module"])]})
        else:
            serve(asked)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as fault:
        say({"fault": type(fault).__name__})


if __name__ == "__main__":
    main()
