// Signs texts as a wallet does. Input: {"key", "texts"}; output: {"address", "signatures", "compact"} in hexadecimal.
import { readFileSync } from "node:fs";
import { Signature, Wallet } from "ethers";

const { key, texts } = JSON.parse(readFileSync(0, "utf8"));
const wallet = new Wallet(key);
const signatures = await Promise.all(texts.map((text) => wallet.signMessage(text)));
const compact = signatures.map((signature) => Signature.from(signature).compactSerialized);
console.log(JSON.stringify({ address: wallet.address, signatures, compact }));
