/**
 * Everything a reader of a desk would be shown: patients, charts, records with their versions, access log, consents and ledger, as
 * the program's own domains answer it over the folder, without the vault's process and its unlocking, which cost half a second.
 */
import { FhirDesk } from '../../../server/fhir/fhir-desk.ts';
import { buildGraphql, type GraphqlService } from '../../../server/graphql/apollo.ts';
import { openVaultDomains, type VaultRequest, vaultDomains } from '../../../server/graphql/domains.ts';
import { vaultSchema } from '../../../server/graphql/vault-schema.ts';
import { readHead } from '../../../server/ledger/ledger.store.ts';
import { careledgerRules } from '../../../server/rules-registry.ts';
import { ClinicLedger } from '../../../server/sync/clinic-ledger.ts';
import type { DeviceGateway } from '../../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../../server/sync/own-acts/pending.ts';
import { vaultContext } from '../../../server/sync/vault-context/vault-context.ts';
import { hashParts } from '../../../server/vault/hash-parts.ts';
import type { UnlockedKeyStore } from '../../../server/vault/unlocked-key-store.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { clinicsOf, devicesOf, ledgerBlocks } from '../../../server/workstation/device/ledger-view.ts';
import { Installation } from '../../../server/workstation/folder/installation.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { MemoryContinuity } from '../../support/memory-continuity.ts';

/** Answers by what was asked; those that were refused begin with `REFUSED`. */
export type Shown = ReadonlyMap<string, string>;
export const REFUSED = 'refused: ';

const PATIENTS = `{ patients(search: "", first: 200) { totalCount edges { node { id name family given birthDate gender deceased identifiers { value } phone city custodianName shared } } } }`;
const OPEN = `mutation Open($patient: ID!) { openChart(patient: $patient) {
  sections { section count } categories
  summary { allergies { id } problems { id } medications { id } vitals { id } encounters { id } }
  seriesCodes { code } vitals: items(section: VITAL, first: 200) { edges { node { ...item } } }
  results: items(section: RESULT, first: 200) { edges { node { ...item } } } other: items(section: OTHER, first: 200) { edges { node { ...item } } } } }
  fragment item on ChartItem { id title code date status value unit version author progress dispute }`;
const RECORD = `query Read($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource
  history { version document author at reason personallySigned progress dispute resource position } } }`;
const LOG = `query Log($patient: ID!) { accessLog(patient: $patient, first: 200) {
  edges { node { who role clinic action purpose at sequence } } } accessCompleteness(patient: $patient) { anchored complete } }`;
const CONSENTS = 'query Consents($patient: ID!) { consents(patient: $patient) { id } }';

const LIMITS = { characters: 20_000, tokens: 4_000, depth: 12, aliases: 50, cost: 200_000 };

export class Reader {
  readonly #keyStore: UnlockedKeyStore;
  readonly #now: number;
  readonly #fhir = new FhirDesk();
  readonly #graphql: GraphqlService<VaultRequest>;

  private constructor(keyStore: UnlockedKeyStore, now: number, graphql: GraphqlService<VaultRequest>) {
    this.#keyStore = keyStore;
    this.#now = now;
    this.#graphql = graphql;
  }

  static async open(keyStore: UnlockedKeyStore): Promise<Reader> {
    const graphql = await buildGraphql<VaultRequest>({ ...vaultSchema(vaultDomains), limits: LIMITS, report: () => undefined });
    return new Reader(keyStore, Date.now() + 1, graphql);
  }

  async close(): Promise<void> {
    await this.#graphql.stop();
    await this.#fhir.close();
  }

  /** @param known what to ask for beyond the lists, as an undamaged folder shows it: a damaged list must not hide a question. */
  async look(folder: string, known?: Shown): Promise<Shown> {
    const shown = new Map<string, string>();
    try {
      const installation = await Installation.open(folder);
      try {
        await this.#ask(installation, known, shown);
      } finally {
        await installation.close();
      }
    } catch (error) {
      shown.set('open', REFUSED + asFailure(error).code);
    }
    return shown;
  }

  async #ask(installation: Installation, known: Shown | undefined, shown: Map<string, string>): Promise<void> {
    const { database, founding } = installation;
    if (!founding) throw new Error('The folder has no clinic any more.');
    const device = founding.statement.deviceKey;
    const ledger = await ClinicLedger.open({
      database,
      hash: hashParts,
      rules: careledgerRules(),
      author: { chain: founding.chain, device, sign: () => new Uint8Array(64) },
      founding,
      epoch: () => new Uint8Array(8),
      continuity: new MemoryContinuity(),
      clock: () => this.#now,
    });
    const gateway = {
      commit: (write) => ledger.commit(write),
      state: async (keys) => {
        const rows = await loadOverlaid(database.read, keys);
        return keys.map((key) => rows.get(key));
      },
      stateList: (prefix) => listOverlaid(database.read, prefix),
      identity: async () => ({ chain: founding.chain, device, region: installation.region?.id }),
      time: async () => this.#now,
      witnessedTime: async () => 0,
      accessReceipt: async () => 'null',
      eventReceipts: async () => [],
      isWitnessed: async () => false,
    } as Partial<DeviceGateway> as DeviceGateway;
    const context = await vaultContext({
      keyStore: this.#keyStore,
      gateway,
      fhir: this.#fhir,
      reader: database.read,
      chain: founding.chain,
      device,
      staff: { name: 'Ana Ferreira', role: 'clinician' },
      clock: () => this.#now,
    });
    const { request } = await openVaultDomains(context);
    try {
      await this.#askVault(request, known, shown);
    } finally {
      // Not as a lock does, which would seal the access log and drop the keys.
      await request.patients.close();
    }
    await this.#askLedger(installation, shown);
  }

  async #askVault(request: VaultRequest, known: Shown | undefined, shown: Map<string, string>): Promise<void> {
    const ask = async (name: string, query: string, variables: Record<string, unknown> = {}): Promise<unknown> => {
      const { data, errors } = await this.#graphql.execute({ query, variables }, request);
      const [error] = errors ?? [];
      shown.set(name, error ? `${REFUSED}${String(error.extensions?.code)}` : this.#withoutNow(JSON.stringify(data)));
      return data;
    };
    await ask('patients', PATIENTS);
    for (const patient of idsIn(known?.get('patients') ?? shown.get('patients'))) {
      const name = `chart ${patient}`;
      await ask(name, OPEN, { patient });
      for (const id of idsIn(known?.get(name) ?? shown.get(name))) await ask(`record ${id}`, RECORD, { patient, id });
      await ask(`log ${patient}`, LOG, { patient });
      await ask(`consents ${patient}`, CONSENTS, { patient });
    }
  }

  async #askLedger(installation: Installation, shown: Map<string, string>): Promise<void> {
    try {
      const size = (await readHead(installation.database.read, hashParts))?.size ?? 0;
      const sync = { replicaSize: size, auditedSize: size, witnessedSize: 0, historyFrom: 0 };
      const service = { installation, sync } as unknown as DeviceService;
      shown.set('clinics', JSON.stringify(await clinicsOf(service)));
      shown.set('devices', JSON.stringify(await devicesOf(service)));
      shown.set('ledger', JSON.stringify(await ledgerBlocks(service, undefined, 200)));
    } catch (error) {
      shown.set('ledger', REFUSED + asFailure(error).code);
    }
  }

  /** Lines that looking itself has left. */
  #withoutNow(answer: string): string {
    return answer.replace(new RegExp(`\\{"node":\\{[^{}]*"at":${this.#now},[^{}]*\\}\\},?`, 'g'), '');
  }
}

const idsIn = (answer = ''): string[] => [...new Set([...answer.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id as string))];
