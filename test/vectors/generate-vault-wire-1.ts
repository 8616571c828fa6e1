/**
 * Made test/vectors/vault-wire-1.json, once: `node test/vectors/generate-vault-wire-1.ts > test/vectors/vault-wire-1.json`. Secrets are the SHA-256
 * of their names, so that anybody can make them; nonces and salts are random and stand in the bytes. Frozen as wire version 1:
 * the file is never made anew, a later version gets its own.
 */
import { toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encodeSlot } from '../../shared/vault/slot.ts';
import { sealMessage } from '../../server/vault/messages.ts';
import { agreementKeyFromSecret, sealingKey, sealingKeyBytes, sha256, signingKeyFromSeed } from '../../server/vault/primitives.ts';
import { openDocument, openWrap, sealDocument } from '../../server/vault/sealing.ts';
import { sealSlot } from '../../server/vault/slots.ts';

const named = (name: string): Uint8Array => sha256(utf8(name));
const key = sealingKey(named('compartment key'));
const handle = named('handle').slice(0, 16);
const author = signingKeyFromSeed(named('author seed')).publicKey;

function documentVector(version: number, previous: Uint8Array, content: string) {
  const draft = {
    kind: 'fhir',
    recordId: named('record').slice(0, 16),
    version,
    previous,
    author,
    time: 1_800_000_000_000 + version,
    meta: '{"source":"vector"}',
    content: utf8(content),
  };
  const epoch = 2;
  const { name, sealed, wrap, commitment } = sealDocument(draft, handle, { epoch, key });
  const keys = () => key;
  const { salt } = openDocument({ sealed, wrap, handle, recordId: draft.recordId, version }, keys);
  return {
    handle: toHex(handle),
    compartmentKey: toHex(sealingKeyBytes(key)),
    keyEpoch: epoch,
    envelope: {
      salt: toHex(salt),
      kind: draft.kind,
      recordId: toHex(draft.recordId),
      version,
      previous: toHex(previous),
      author: toHex(author),
      time: draft.time,
      meta: draft.meta,
      content,
    },
    dataKey: toHex(sealingKeyBytes(openWrap(wrap, handle, name, keys))),
    sealed: toHex(sealed),
    name: toHex(name),
    wrap: toHex(wrap),
    commitment: toHex(commitment),
  };
}

const first = documentVector(1, new Uint8Array(0), '{"resourceType":"Observation","status":"final","valueQuantity":{"value":1.500}}');
const second = documentVector(2, named('some other name'), `{"text":"${'long enough for the third bucket, '.repeat(20)}"}`);

const sender = agreementKeyFromSecret(named('sender key'));
const recipient = agreementKeyFromSecret(named('recipient key'));
const parties = { kind: 'grant', senderChain: named('sender chain'), recipientChain: named('recipient chain'), context: utf8('context') };
const message = {
  kind: parties.kind,
  senderChain: toHex(parties.senderChain),
  recipientChain: toHex(parties.recipientChain),
  context: toHex(parties.context),
  senderPublicKey: toHex(sender.publicKey),
  recipientSecret: toHex(named('recipient key')),
  plaintext: toHex(utf8('a grant key')),
  message: toHex(sealMessage(parties, sender, recipient.publicKey, utf8('a grant key'))),
};

const slotSecrets = { half: named('half'), signingSeed: named('author seed') };
const passphrase = 'tandem walrus orchid flute';
const store = named('store').slice(0, 16);
const keychainSecret = named('keychain secret');
const slot = {
  passphrase,
  keychainSecret: toHex(keychainSecret),
  half: toHex(slotSecrets.half),
  signingSeed: toHex(slotSecrets.signingSeed),
  withKeychain: toHex(encodeSlot(await sealSlot(store, author, passphrase, slotSecrets, keychainSecret))),
  withoutKeychain: toHex(encodeSlot(await sealSlot(store, author, passphrase, slotSecrets, undefined))),
};

process.stdout.write(`${JSON.stringify({ about: 'See generate-vault-wire-1.ts and docs/protocol.md. Bytes in hexadecimal.', documents: [first, second], message, slot }, null, 1)}\n`);
