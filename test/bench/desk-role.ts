/** One desk of a run: seals, signs and stores a record at a time, each durable before the next begins. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { careledgerRules } from '../../server/rules-registry.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import { hashParts as hash } from '../../server/vault/hash-parts.ts';
import { randomBytes, sealingKey, sign } from '../../server/vault/primitives.ts';
import { sealDocument } from '../../server/vault/sealing.ts';
import { FileContinuity } from '../../server/workstation/folder/continuity.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { encodeEvent, eventMessage } from '../../shared/ledger/event.ts';
import { recordPutBody } from '../../shared/records/record-rules.ts';
import { foundClinic } from '../support/ledger-builder.ts';
import { documentText } from './peers/document.ts';
import { playRole } from './role.ts';

const NOTHING = new Uint8Array(0);

playRole({
  /** Writes `count` records one after the other; gives seconds. */
  async write(count: number): Promise<number> {
    const folder = await mkdtemp(join(tmpdir(), 'careledger-bench-desk-'));
    const database = await openDatabase({
      path: join(folder, 'clinic.db'),
      mode: 'replica',
      migrations: CLINIC_MIGRATIONS,
    });
    const clinic = foundClinic('North');
    const { chain, founding, administrator, desk } = clinic;
    const ledger = await ClinicLedger.open({
      database,
      hash,
      rules: careledgerRules(),
      founding,
      author: { chain, device: desk.key.publicKey, sign: (message) => sign(desk.key, message) },
      epoch: () => randomBytes(8),
      continuity: await FileContinuity.of(folder),
      clock: Date.now,
    });
    const compartment = { epoch: 1, key: sealingKey(randomBytes(32)) };
    const handle = randomBytes(16);
    const writeOne = async (at: number): Promise<void> => {
      const record = randomBytes(16);
      const draft = {
        kind: 'fhir',
        recordId: record,
        version: 1,
        previous: NOTHING,
        author: administrator.publicKey,
        time: Date.now(),
      };
      const content = utf8(documentText(at) + documentText(at + 1));
      const { name, sealed, wrap, commitment } = sealDocument({ ...draft, meta: '{}', content }, handle, compartment);
      const body = encode(recordPutBody, { record, version: 1, previous: NOTHING, document: name });
      const event = encodeEvent({ type: 'record.put', handle, body, author: draft.author, time: draft.time, commitment });
      const signature = sign(administrator, eventMessage(chain, event));
      await ledger.commit({ events: [{ event, signature, document: name }], documents: [{ name, handle, sealed, wrap }] });
    };
    for (let at = 0; at < 50; at++) await writeOne(at);
    const begin = performance.now();
    for (let at = 0; at < count; at++) await writeOne(at);
    const seconds = (performance.now() - begin) / 1000;
    await database.close();
    await rm(folder, { recursive: true, force: true });
    return seconds;
  },
});
