/** A quorum's acts for wire-1.json: who witnesses, the hub's key, the rules, and new keys of a clinic. */
import { sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { consentMessage, firstPolicy, hubKeyMessage, type Policy, policyActBody, policyMessage, policyRow } from '../../shared/ledger/policy.ts';
import { clinicKeysMessage, staffKeyMessage } from '../../shared/ledger/rotation-rules.ts';
import { act, agreementKeyFor, clinicWitness, foundRegion, outsideWitness, policyActOf, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

type Region = ReturnType<typeof foundRegion>['region'];

export const newClinicKey = signingKeyFor('B clinic 2');
export const newAdministrator = signingKeyFor('B administrator 2');
export const newHubKey = signingKeyFor('vectors hub 2');

/** The institute's new keys, its coming into the witness set beside one from outside, and acts that lack its approval. */
export function quorumScript(region: Region, clinic: TestClinic, institute: TestClinic): [TestDevice, SignedEvent[]][] {
  const keys = {
    previousClinicKey: institute.clinicKey.publicKey,
    previousEncryptionKey: agreementKeyFor('B encryption').publicKey,
    clinicKey: newClinicKey.publicKey,
    encryptionKey: agreementKeyFor('B encryption 2').publicKey,
  };
  const message = clinicKeysMessage(institute.chain, keys);
  const rotated = { ...keys, clinicSignature: sign(institute.clinicKey, message), proof: sign(newClinicKey, message) };
  const proof = sign(newAdministrator, staffKeyMessage(institute.chain, institute.administrator.publicKey, newAdministrator.publicKey));
  const by = { signer: clinic.administrator };
  const { second, third, fourth } = policies(region, clinic, institute);
  return [
    [
      institute.desk,
      [
        act(institute, 'clinic.rotated', rotated, { signer: institute.administrator }),
        act(institute, 'staff.rotated', { staff: newAdministrator.publicKey, proof }, { signer: institute.administrator }),
      ],
    ],
    [clinic.desk, [act(clinic, 'policy.changed', second, by)]],
    [clinic.desk, [act(clinic, 'hub.rotated', { ...third, approvals: third.approvals.slice(0, 1) }, by), act(clinic, 'rules.activate', { ...fourth, approvals: [] }, by)]],
  ];
}

/** The policies that would follow the genesis's, each with all that stands for it. */
function policies(region: Region, clinic: TestClinic, institute: TestClinic) {
  const joining = { ...institute, clinicKey: newClinicKey };
  const first = firstPolicy(region.genesis.witnesses);
  const witnesses = [clinicWitness(clinic), clinicWitness(institute), outsideWitness('witness.example/1')];
  const second: Policy = { ...first, sequence: 1, witnesses };
  const third: Policy = { ...second, sequence: 2, hubKey: newHubKey.publicKey };
  const fourth: Policy = { ...third, sequence: 3, rules: 2 };
  const both = [clinic, joining];
  return {
    second: policyActOf(region, second, [clinic], { joining: [joining] }),
    third: policyActOf(region, third, both, { hubKey: newHubKey }),
    fourth: policyActOf(region, { ...third, sequence: 2, rules: 2, hubKey: first.hubKey }, both),
    last: policyActOf(region, fourth, both),
  };
}

export function policyVectors(region: Region, clinic: TestClinic, institute: TestClinic) {
  const { second, third, last } = policies(region, clinic, institute);
  return [
    { type: 'policy.changed', act: second },
    { type: 'hub.rotated', act: third },
    { type: 'rules.activate', act: last },
  ].map(({ type, act: { policy, hubProof, consents, approvals } }) => ({
    type,
    policy: toHex(encode(policyRow, policy)),
    message: toHex(policyMessage(region.id, policy)),
    body: toHex(encode(policyActBody, { policy, hubProof, consents, approvals })),
    consentMessages: consents.map(({ chain }) => toHex(consentMessage(region.id, chain, policy.witnesses[1]!.cosignKey))),
    hubKeyMessage: hubProof.length > 0 ? toHex(hubKeyMessage(region.id, policy.hubKey)) : '',
  }));
}
