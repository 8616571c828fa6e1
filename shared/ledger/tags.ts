/** Each purpose that is signed or hashed has its own tag, so that no signature or hash can pass for another's. */
import { utf8 } from '../encoding/bytes.ts';

const tag = (purpose: string): Uint8Array => utf8(`careledger/v1/${purpose}\n`);

export const TAG = {
  founding: tag('founding'),
  chain: tag('chain'),
  genesis: tag('genesis'),
  region: tag('region'),
  event: tag('event'),
  block: tag('block'),
  blockHash: tag('block-hash'),
  commitment: tag('commitment'),
  effects: tag('effects'),
  admission: tag('admission'),
  device: tag('device'),
  attestation: tag('attestation'),
  receipt: tag('receipt'),
  newest: tag('newest'),
  restoration: tag('restoration'),
  bundle: tag('bundle'),
  enrolment: tag('enrolment'),
  policy: tag('policy'),
  witness: tag('witness'),
  hubKey: tag('hub-key'),
  hubErasure: tag('hub-erasure'),
  erasureCertificate: tag('erasure-certificate'),
  clinicKeys: tag('clinic-keys'),
  staffKey: tag('staff-key'),
  accessLine: tag('access-line'),
  complaint: tag('complaint'),
  accessCopy: tag('access-copy'),
  hubAct: tag('hub-act'),
  fleetAsk: tag('fleet-ask'),
  trainingRecord: tag('training-record'),
  trainingKept: tag('training-kept'),
  readingBatch: tag('reading-batch'),
} as const;
