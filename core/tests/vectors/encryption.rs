//! Chapters 5, 6, 7 and 10 of the specification.

use crate::failure;
use crate::input::{Input, hexes, lone_share, numbered, secret_object, variant};
use relight::curve::{CurveId, SecretScalar};
use relight::pairing::G2Affine;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::vectors::{self, Opener};
use relight::{
    Backup, Blinder, Compartment, Entry, Error, KeyShare, Lock, ParameterSet, RecoveryPublicKey, Statement,
    VerifiedBackup,
    coverage::{Coverage, FormerEpoch, Holding, Network, Node, Status},
    decryption::{DecryptionShare, RecoveryParty, UnlockKey},
    registration::BlinderRegistration,
};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("statement", statement),
    ("expect", expect),
    ("subset", subset),
    ("encrypt", encrypt),
    ("verify", verify),
    ("open", open),
    ("decryption_share", decryption_share),
    ("decryption_share_verify", decryption_share_verify),
    ("decryption_batch", decryption_batch),
    ("combine", combine),
    ("backup_create", backup_create),
    ("backup_verify", backup_verify),
    ("backup_open", backup_open),
    ("key_share", key_share),
    ("combine_key_shares", combine_key_shares),
    ("coverage", coverage),
];

fn statement(input: &Input<'_>) -> Result<Value, Error> {
    let statement = input.statement("statement")?;
    let message = statement.digest().unlock_message();
    let curves: Vec<u16> = vectors::curves(&statement).into_iter().map(CurveId::number).collect();
    Ok(json!({
        "digest": hex::encode(statement.digest()),
        "unlock_message": hex::encode(&message),
        "unlock_point": hex::encode(G2Affine::hash(&message).encode()),
        "curves": curves,
        "proof_length": vectors::proof_length(&statement),
    }))
}

fn expect(input: &Input<'_>) -> Result<Value, Error> {
    vectors::expect(&input.bytes("expected"), &input.bytes("found"))?;
    Ok(json!({}))
}

fn subset(input: &Input<'_>) -> Result<Value, Error> {
    let parameters = ParameterSet::try_from(input.u8("parameter_set"))?;
    Ok(json!({"kept": vectors::kept_instances(parameters, &input.array("challenge"))}))
}

fn secrets(input: &Input<'_>, statement: &Statement) -> Result<Vec<SecretScalar>, Error> {
    let entries = statement.compartments().iter().flat_map(|compartment| &compartment.entries);
    input.secrets_on("secrets", &entries.map(|entry| entry.curve()).collect::<Vec<_>>())
}

fn encrypt(input: &Input<'_>) -> Result<Value, Error> {
    let (statement, mut rng) = (input.statement("statement")?, input.randomness());
    let secrets = secrets(input, &statement)?;
    let proof = vectors::encrypt(&statement, &secrets.iter().collect::<Vec<_>>(), &mut rng)?;
    rng.finish();
    Ok(json!({"proof": hex::encode(proof)}))
}

fn verify(input: &Input<'_>) -> Result<Value, Error> {
    vectors::verify(&input.statement("statement")?, &input.bytes("proof"))?;
    Ok(json!({}))
}

fn open(input: &Input<'_>) -> Result<Value, Error> {
    let (statement, proof) = (input.statement("statement")?, input.bytes("proof"));
    let open = |opener: &Opener<'_>| vectors::open(&statement, &proof, input.u16("compartment"), opener);
    let secrets = if input.has("sigma") {
        let sigma = G2Affine::decode(&input.bytes("sigma")).ok_or(Error::InvalidPoint)?;
        open(&Opener::Recovery(&sigma, &input.blinder("blinder")?))?
    } else {
        open(&Opener::Member(&input.member_key()?))?
    };
    Ok(json!({"secrets": hexes(secrets.iter().map(SecretScalar::expose_bytes))}))
}

fn decryption_share(input: &Input<'_>) -> Result<Value, Error> {
    let secret = input.secret("secret", CurveId::Bls12381G1)?;
    let member = input.index("member")?;
    let share = DecryptionShare::new(member, &lone_share(0, member.into(), secret)?, &input.digest())?;
    Ok(json!({"share": hex::encode(share.encode())}))
}

fn party(input: &Input<'_>) -> Result<RecoveryParty, Error> {
    let members = input.list("members").iter().map(|member| {
        let (index, identifier) = numbered(member)?;
        Ok((PartyIndex::new(index)?, identifier))
    });
    RecoveryParty::new(input.commitment()?, &members.collect::<Result<Vec<_>, Error>>()?)
}

fn shares(input: &Input<'_>) -> Result<Vec<DecryptionShare>, Error> {
    input.byte_strings("shares").iter().map(|share| DecryptionShare::decode(share)).collect()
}

fn decryption_share_verify(input: &Input<'_>) -> Result<Value, Error> {
    let share = DecryptionShare::decode(&input.bytes("share"))?;
    party(input)?.verify(&input.digest(), &share)?;
    Ok(json!({"member": share.member().get()}))
}

fn decryption_batch(input: &Input<'_>) -> Result<Value, Error> {
    party(input)?.verify_batch(&input.digest(), &shares(input)?)?;
    Ok(json!({}))
}

fn combine(input: &Input<'_>) -> Result<Value, Error> {
    let key = party(input)?.combine(&input.digest(), &shares(input)?)?;
    Ok(json!({"sigma": hex::encode(vectors::sigma(&key))}))
}

fn backup_create(input: &Input<'_>) -> Result<Value, Error> {
    let (statement, mut rng) = (input.statement("statement")?, input.randomness());
    let entries = statement.compartments().iter().flat_map(|compartment| &compartment.entries);
    let shares = entries.zip(secrets(input, &statement)?).map(|(entry, secret)| share_of(&statement, entry, secret));
    let shares: Vec<KeyShare> = shares.collect::<Result<_, _>>()?;
    let backup = Backup::create(&statement, &shares, &mut rng)?;
    rng.finish();
    Ok(json!({"backup": hex::encode(backup.encode())}))
}

/// The key share that an entry describes, with this secret; some other share if it is none on the entry's curve.
fn share_of(statement: &Statement, entry: &Entry, secret: SecretScalar) -> Result<KeyShare, Error> {
    let identifier = entry.identifier.as_bytes();
    let numbers = [&[identifier.len() as u8], identifier, &entry.threshold.get().to_be_bytes()].concat();
    let head = [&statement.header().epoch.to_be_bytes()[..], &entry.curve().number().to_be_bytes()].concat();
    let parts = [&head, entry.public_key.as_bytes(), &numbers, secret.expose_bytes()];
    let described = KeyShare::decode(&secret_object(4, &parts.concat()));
    described.or_else(|_| lone_share(statement.header().epoch, entry.identifier, secret))
}

fn verified(input: &Input<'_>) -> Result<VerifiedBackup, Error> {
    let expected = input.statement("expected")?;
    Backup::decode(&input.bytes("backup"))?.verify(&expected)
}

fn backup_verify(input: &Input<'_>) -> Result<Value, Error> {
    Ok(json!({"digest": hex::encode(verified(input)?.statement().digest())}))
}

/// The unlock key with this value, by way of a recovery party of one.
fn unlock_key(input: &Input<'_>, statement: &Statement) -> Result<UnlockKey, Error> {
    let [Compartment { lock: Lock::Recovery { recovery_key, .. }, .. }] = statement.compartments() else {
        panic!("no backup");
    };
    let member = PartyIndex::new(1)?;
    let key = relight::curve::CurvePoint::from_bytes(CurveId::Bls12381G1, recovery_key.as_bytes())?;
    let share = DecryptionShare::from_sigma(member, &input.bytes("sigma"))?;
    RecoveryParty::new(VssCommitment::new(vec![key])?, &[(member, member.into())])?.combine(&input.digest(), &[share])
}

fn backup_open(input: &Input<'_>) -> Result<Value, Error> {
    let backup = verified(input)?;
    let unlock = unlock_key(input, backup.statement())?;
    let shares = backup.open(&unlock, &Blinder::decode(&input.bytes("blinder"))?)?;
    Ok(json!({"key_shares": hexes(shares.iter().map(|share| share.encode().to_vec()))}))
}

fn key_share(input: &Input<'_>) -> Result<Value, Error> {
    let share = KeyShare::decode(&input.bytes("key_share"))?;
    assert_eq!(*share.encode(), input.bytes("key_share"));
    Ok(json!({
        "identifier": hex::encode(share.identifier().as_bytes()),
        "public_share": hex::encode(share.public_share().as_bytes()),
    }))
}

fn combine_key_shares(input: &Input<'_>) -> Result<Value, Error> {
    let shares = input.byte_strings("key_shares");
    let shares: Vec<KeyShare> = shares.iter().map(|share| KeyShare::decode(share)).collect::<Result<_, _>>()?;
    let secret = KeyShare::combine(&shares)?;
    Ok(json!({"secret": hex::encode(secret.expose_bytes())}))
}

fn node(value: &Value) -> Result<Node, Error> {
    let input = Input(value);
    let shares = input.list("shares").iter().map(|share| {
        let (key, identifier) = numbered(share)?;
        Ok(Holding { key, identifier })
    });
    let registrations = input.byte_strings("registrations");
    Ok(Node {
        name: input.bytes("name"),
        operator: input.identity("operator")?,
        registrations: registrations
            .iter()
            .map(|bytes| BlinderRegistration::decode(bytes))
            .collect::<Result<_, _>>()?,
        shares: shares.collect::<Result<_, Error>>()?,
    })
}

fn keys(input: &Input<'_>) -> Result<Vec<VssCommitment>, Error> {
    input.byte_strings("keys").iter().map(|key| VssCommitment::decode(key)).collect()
}

fn network(input: &Input<'_>) -> Result<Network, Error> {
    let former = |value: &Value| Ok(FormerEpoch { epoch: Input(value).u64("epoch"), keys: keys(&Input(value))? });
    Ok(Network {
        parameters: ParameterSet::try_from(input.u8("parameter_set"))?,
        name: input.bytes("name"),
        epoch: input.u64("epoch"),
        recovery_key: RecoveryPublicKey::from_bytes(&input.bytes("recovery_key"))?,
        keys: keys(input)?,
        nodes: input.list("nodes").iter().map(node).collect::<Result<_, _>>()?,
        former: input.list("former").iter().map(former).collect::<Result<_, Error>>()?,
    })
}

fn status(status: &Status) -> Value {
    let name = variant(status);
    match status {
        Status::Stale { epoch } => json!({"status": name, "epoch": epoch}),
        Status::Bad { backup, error } => json!({"status": name, "backup": backup, "error": variant(error)}),
        Status::Unregistered { error } => {
            let mut fields = failure(error);
            fields["status"] = json!(name);
            fields
        }
        Status::Claimed { backup, epoch, field } => {
            json!({"status": name, "backup": backup, "field": variant(field), "epoch": epoch})
        }
        _ => json!({"status": name}),
    }
}

fn coverage(input: &Input<'_>) -> Result<Value, Error> {
    let network = network(input)?;
    let found = network.audit(&input.byte_strings("backups"))?;
    Ok(report(&found, network.nodes.len()))
}

fn report(found: &Coverage, nodes: usize) -> Value {
    let strays = found.strays.iter().map(|(at, error)| json!({"backup": at, "error": variant(error)}));
    json!({
        "nodes": found.nodes.iter().map(status).collect::<Vec<_>>(),
        "shareless": found.shareless.iter().map(|(node, holding)| json!([node, holding.key])).collect::<Vec<_>>(),
        "shared_blinders": found.shared_blinders,
        "covered": found.keys.iter().map(|key| key.covered).collect::<Vec<_>>(),
        "survives": (0..=nodes).map(|lost| found.survives(lost)).collect::<Vec<_>>(),
        "strays": strays.collect::<Vec<_>>(),
    })
}
