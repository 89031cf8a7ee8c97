"""What a custodian does, on the files that ffi/tests/custody.c wrote to the folder CUSTODY."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

import relight

FOLDER = Path(os.environ["CUSTODY"])
README = Path(__file__).parent.parent / "README.md"
NAME = b"name"
NOW = 1_800_000_000


def read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


class Custody(unittest.TestCase):
    def setUp(self) -> None:
        self.bundle = relight.Bundle(read("bundle"))
        self.digest = read("bundle.digest")

    def refused(self, message: str) -> "unittest.case._AssertRaisesContext[relight.Error]":
        return self.assertRaisesRegex(relight.Error, message)

    def test_a_bundle_is_verified(self) -> None:
        self.assertEqual((self.bundle.digest, self.bundle.network, self.bundle.epoch), (self.digest, NAME, 1))
        self.assertRegex(self.bundle.short_code, r"^\d{5}( \d{5}){7}$")
        network = self.bundle.verify(self.digest)
        self.assertEqual((network.parameters, network.party, network.roster), ("fast", NAME, read("roster")))
        (node,) = network.nodes
        self.assertEqual((node.statement, node.operator_identity), (read("statement"), read("identity")))
        self.assertEqual(node.registrations, [read("blinder-registration")])
        self.assertTrue(network.recovery_certificate.certificate)
        with self.refused("another|not the one") as refusal:
            self.bundle.verify(bytes(32))
        self.assertEqual(refusal.exception.code, 79)
        with self.assertRaises(ValueError):
            self.bundle.verify(b"short")
        with self.refused("bundle: the bytes end before the object does"):
            relight.Bundle(read("bundle")[:-1])

    def test_changes_are_listed(self) -> None:
        following = relight.Bundle(read("next-bundle"))
        self.assertEqual(self.bundle.check_successor(following), [])
        with self.refused("epoch") as refusal:
            following.check_successor(self.bundle)
        self.assertEqual(refusal.exception.field, "epoch")

    def test_backups_are_audited(self) -> None:
        backup = read("backups/node")
        spoilt = backup[:-1] + bytes([backup[-1] ^ 1])
        coverage = self.bundle.audit(self.digest, [spoilt, backup, b"nothing"])
        self.assertTrue(coverage.recoverable)
        self.assertEqual((coverage.nodes[0].status, coverage.strays[0].backup), ("covered", 2))
        bad = self.bundle.audit(self.digest, [spoilt]).nodes[0]
        self.assertEqual((bad.status, bad.backup), ("bad", 0))
        self.assertIn("proof", bad.message)

    def test_an_audit_is_watched_and_stopped(self) -> None:
        heard: list[tuple[int, int]] = []

        def watch(done: int, total: int) -> bool:
            heard.append((done, total))
            return done < 2

        with self.refused("stopped"):
            self.bundle.audit(self.digest, [b"nothing"] * 3, watch)
        self.assertEqual(heard, [(1, 3), (2, 3)])

    def test_one_backup_is_verified(self) -> None:
        backup, statement = read("backups/node"), read("statement")
        relight.verify_backup(backup, statement)
        self.assertEqual(relight.claim(backup), statement)
        fields = relight.inspect_statement(statement)
        self.assertEqual((fields.node, fields.epoch, fields.entries[0].curve), (NAME, 1, "secp256k1"))
        with self.refused("backup"):
            relight.verify_backup(backup[:-1], statement)

    def test_registrations_are_verified(self) -> None:
        registration, successor = read("blinder-registration"), read("blinder-successor")
        identity = read("identity")
        blinder = relight.verify_blinder_registration(registration, NAME, NAME, identity)
        self.assertEqual(blinder, relight.inspect_blinder_registration(registration).blinder)
        relight.check_successor(registration, successor)
        with self.refused("not newer") as refusal:
            relight.check_successor(successor, registration)
        self.assertEqual(refusal.exception.number, 1)
        with self.refused("network") as refusal:
            relight.verify_blinder_registration(registration, b"other", NAME, identity)
        self.assertEqual(refusal.exception.field, "network")
        member = relight.verify_member_registration(read("member-registration"), NAME)
        self.assertEqual((member.index, member.identity), (1, identity))
        self.assertEqual(relight.verify_roster(NAME, read("roster")).members, [1])

    def test_requests_are_read(self) -> None:
        request = relight.inspect_request(read("request"))
        self.assertEqual((request.draft, request.draft.network), (relight.inspect_draft(read("draft")), NAME))
        self.assertIn(request.draft.short_code.decode(), relight.draft_text(read("draft"), [read("statement")]))
        self.assertIn("name", relight.review(read("request"), [read("statement")], NAME, read("roster"), NOW))
        with self.refused("expired"):
            relight.review(read("request"), [read("statement")], NAME, read("roster"), NOW + 7200)

    def test_the_script_of_the_readme(self) -> None:
        (script,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
        self.assertLessEqual(len([line for line in script.splitlines() if line]), 10)
        command = [sys.executable, "-c", script, FOLDER / "backups", FOLDER / "bundle", self.digest.hex()]
        printed = subprocess.check_output(command, text=True)
        self.assertEqual(printed, "name covered \nrecoverable - nodes to spare: 0\n")


if __name__ == "__main__":
    unittest.main()
