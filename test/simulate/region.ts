/** The region of a simulated world. Its keys come from labels and are the same for every seed: making them takes longer than a world. */
import type { HubKeys } from '../../server/hub/hub-keys.ts';
import { fingerprintOfPem } from '../../server/identity/certificates.ts';
import { sha256Hex, sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat } from '../../shared/encoding/bytes.ts';
import { encodeGenesis, genesisMessage, openGenesis, type Region, sealGenesis } from '../../shared/ledger/founding.ts';
import { bytesFor, foundClinic, hash, MORNING, signingKeyFor, type TestClinic } from '../support/ledger-builder.ts';
import type { Check } from './slow-ledger.ts';

/** Its key is nowhere: no certificate is ever signed in a simulated world. */
const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUOgAwIBAgIUXy07HGCCP/sbho1gDjwxz6Y3Sd4wCgYIKoZIzj0EAwIw
IzEhMB8GA1UEAwwYQ2FyZWxlZGdlciBzaW11bGF0ZWQgaHViMCAXDTI2MTEyNzAw
MDAwNloYDzIxMjYxMTAzMDAwMDA2WjAjMSEwHwYDVQQDDBhDYXJlbGVkZ2VyIHNp
bXVsYXRlZCBodWIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR+fCJXgsbqb3oa
gtmP8urbQ7bx9Fg7/XqmpFFGehZHsC6LY/D6Lf4EyFV4svg07QxwRQnTdKxMdN+5
MbpTZWGZo1MwUTAdBgNVHQ4EFgQURGtLjGwYbq35kQBSq04J33OxXVowHwYDVR0j
BBgwFoAURGtLjGwYbq35kQBSq04J33OxXVowDwYDVR0TAQH/BAUwAwEB/zAKBggq
hkjOPQQDAgNHADBEAiAVTXxnKZ769Hw4clLL2CGdoO2ayUuHnTVD29DnpdN2kQIg
B/3JbhGc8cyaqP9kyX5b+iQ2zz3W4eq7kHDx2PRu+R8=
-----END CERTIFICATE-----
`;
const CERTIFICATE = { certificate: AUTHORITY, privateKey: '' };

export const HUB_KEYS: HubKeys = {
  name: 'Simulated region',
  address: 'https://hub.simulated',
  hubKey: signingKeyFor('simulated hub'),
  cardSeed: bytesFor('simulated card seed'),
  authority: CERTIFICATE,
  server: CERTIFICATE,
};

const clinics: TestClinic[] = [];
const regions = new Map<number, Region>();

/** The first `count` of the simulated clinics. */
export function clinicsOf(count: number): readonly TestClinic[] {
  while (clinics.length < count) clinics.push(foundClinic(`simulated ${clinics.length}`));
  return clinics.slice(0, count);
}

/** The region that they found, each a witness of it. */
export function regionOf(count: number): Region {
  const known = regions.get(count);
  if (known) return known;
  const founders = clinicsOf(count);
  const genesis = encodeGenesis({
    name: HUB_KEYS.name,
    hubKey: HUB_KEYS.hubKey.publicKey,
    authority: fingerprintOfPem(AUTHORITY),
    witnesses: founders.map(({ chain, cosignKey }) => ({ chain, cosignKey: cosignKey.publicKey })),
    founders: founders.map(({ founding }) => founding.bytes),
    time: MORNING,
  });
  const signatures = founders.map(({ clinicKey }) => sign(clinicKey, genesisMessage(genesis)));
  const region = openGenesis(hash, verifySignature, sealGenesis(genesis, signatures));
  regions.set(count, region);
  return region;
}

const KEPT_VERDICTS = 20_000;

/** The one verifier, asked once for each signature: hub, replicas and twin all check the same ones. */
export function rememberingCheck(): Check {
  const verdicts = new Map<string, boolean>();
  return (key, message, signature) => {
    if (key.length !== 32 || signature.length !== 64) return verifySignature(key, message, signature);
    const name = sha256Hex(concat(key, signature, message));
    let verdict = verdicts.get(name);
    if (verdict === undefined) {
      verdict = verifySignature(key, message, signature);
      if (verdicts.size >= KEPT_VERDICTS) verdicts.clear();
      verdicts.set(name, verdict);
    }
    return verdict;
  };
}
