/** A clinic of `RegionBench`: an unlocked desk with real files, keys, rules and domains. Nothing leaves it but by the bench's hub. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { ShownCard } from '../../server/care-card/card-at-desk.ts';
import { openVaultDomains, type VaultRequest } from '../../server/graphql/domains.ts';
import { genesisPage } from '../../server/ledger/fold.ts';
import type { Records } from '../../server/records/records.ts';
import { layStatement } from '../../server/records/records.ts';
import { checkpointAfterErasure, type Database } from '../../server/storage/database.ts';
import type { ClinicLedger } from '../../server/sync/clinic-ledger.ts';
import type { DeviceGateway } from '../../server/sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { type VaultContext, vaultContext } from '../../server/sync/vault-context/vault-context.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import { sign } from '../../server/vault/primitives.ts';
import type { ConsentWish } from '../../shared/consent/consent-choices.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import type { RecordCategory } from '../../shared/fhir/patient-compartment.ts';
import { patientSummary, searchTerms } from '../../shared/fhir/patient-summary.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import type { Role } from '../../shared/ledger/rows.ts';
import { signHubErasure } from '../../shared/sync/erasure-statement.ts';
import { openClinicLedger } from '../support/clinic-ledger.ts';
import { WITHOUT_HUB } from '../support/gateway-without-hub.ts';
import { lastingFhirDesk } from '../support/lasting-fhir-desk.ts';
import { bytesFor, hash, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { memoryCards } from '../support/memory-cards.ts';
import type { RegionBench } from './region-bench.ts';

export const PASSPHRASE = 'four unrelated plain words';
const CARD_PIN = '481516';

// Each signature asks for a passphrase, and each passphrase costs half a second of a core that other tests use as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

/** One clinic's unlocked desk with every domain of this slice. */
export class BenchClinic {
  readonly clinic: TestClinic;
  readonly folder: string;
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly context: VaultContext;
  readonly vault: VaultRequest;
  /** The next epoch that this desk draws. */
  nextEpoch: Uint8Array | undefined;
  readonly #close: () => Promise<void>;

  private constructor(
    parts: Pick<BenchClinic, 'clinic' | 'folder' | 'database' | 'ledger' | 'context' | 'vault'>,
    close: () => Promise<void>,
  ) {
    this.clinic = parts.clinic;
    this.folder = parts.folder;
    this.database = parts.database;
    this.ledger = parts.ledger;
    this.context = parts.context;
    this.vault = parts.vault;
    this.#close = close;
  }

  static async open(bench: RegionBench, clinic: TestClinic, role: Role): Promise<BenchClinic> {
    let opened: BenchClinic | undefined;
    const folder = mkdtempSync(join(tmpdir(), 'careledger-consent-'));
    const { database, ledger } = await openClinicLedger({
      folder,
      clinic,
      epoch: () => opened?.nextEpoch ?? bytesFor(`${clinic.label} epoch`, 8),
      clock: () => bench.time,
    });
    await ledger.apply(genesisPage(hash, bench.region.region), []);
    const keys = await KeyStore.open(join(folder, 'keys.db'), () => bench.time);
    const signingSeed = bytesFor(`${clinic.label} administrator`);
    const keyStore = await keys.create({ label: `Dr. ${clinic.label}`, passphrase: PASSPHRASE, signingSeed }, []);
    await keyStore.putKeys([
      { kind: 'clinic-signing', id: new Uint8Array(0), epoch: 0, value: bytesFor(`${clinic.label} clinic`) },
      { kind: 'clinic-encryption', id: new Uint8Array(0), epoch: 0, value: bytesFor(`${clinic.label} encryption`) },
    ]);
    const gateway: DeviceGateway = {
      commit: (write) => ledger.commit(write),
      state: async (wanted) => {
        const rows = await loadOverlaid(database.read, wanted);
        return wanted.map((key) => rows.get(key));
      },
      stateList: (prefix) => listOverlaid(database.read, prefix),
      identity: async () => ({
        chain: clinic.chain,
        device: ledger.device,
        region: bench.region.region.id,
        genesis: bench.region.region.bytes,
        founding: clinic.founding.bytes,
      }),
      time: async () => bench.time,
      witnessedTime: async () => bench.time,
      ...WITHOUT_HUB,
      receipt: async () => '',
      isWitnessed: async () => true,
      inviteDevice: async (kind) => `invitation for a ${kind}`,
      hubErasure: async (handles) => {
        const compartments = handles.map((handle) => ({ handle: fromHex(handle), documents: 1 }));
        const said = { region: bench.region.region.id, time: bench.time, compartments };
        return signHubErasure(said, (message) => sign(bench.hubKey, message));
      },
      admissionRequests: async () => bench.requests,
      cards: memoryCards([], () => bench.isHubHere),
    };
    const context = await vaultContext({
      keyStore,
      gateway,
      fhir: lastingFhirDesk,
      reader: database.read,
      chain: clinic.chain,
      device: ledger.device,
      staff: { name: `Dr. ${clinic.label}`, role },
      clock: () => bench.time,
    });
    const vault = await openVaultDomains(context);
    opened = new BenchClinic({ clinic, folder, database, ledger, context, vault: vault.request }, async () => {
      await vault.close();
      await database.close();
      await keys.close();
      rmSync(folder, { recursive: true, force: true });
    });
    return opened;
  }

  get id(): string {
    return this.clinic.id;
  }

  /** A patient of this clinic; gives the id. */
  async register(family: string, birthDate = '1980-02-29'): Promise<string> {
    const resource = {
      resourceType: 'Patient',
      id: `p-${family}`,
      name: [{ family, given: ['Test'] }],
      birthDate,
    } as FhirResource;
    const summary = patientSummary(resource);
    const owner = this.vault.patients.begin(summary, searchTerms(resource));
    await this.#put(owner.id, 'identity', resource, owner);
    return owner.id;
  }

  /** Writes a resource of some category with this word in it; gives its record id. */
  async write(patient: string, category: RecordCategory, word: string, record?: string, more: object = {}): Promise<string> {
    const resource = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: word },
      valueString: `value ${word}`,
      ...more,
    } as FhirResource;
    return this.#put(patient, category, resource, undefined, record);
  }

  /** The patient says against the record of this title, as a desk takes it in from a kiosk. */
  async disagree(patient: string, title: string, words: string): Promise<void> {
    const entry = this.vault.patients.known(patient);
    const record = (await this.vault.records.entries(entry)).find((each) => each.title === title)?.record ?? '';
    const id = toHex(bytesFor(words, 16));
    const said = { id, patient, about: 'disagreement', line: undefined, record, words, by: '' } as const;
    const complaint = { ...said, openedAt: this.context.clock(), answer: undefined, isAsAnchored: true };
    await layStatement({ context: this.context, records: this.vault.records }, entry, complaint, {});
  }

  async #put(
    patient: string,
    category: RecordCategory,
    resource: FhirResource,
    owner?: Parameters<Records['put']>[2],
    record?: string,
  ): Promise<string> {
    const content = utf8(JSON.stringify(resource));
    const draft = {
      patient,
      category,
      kind: 'fhir',
      content,
      summary: summarize(resource),
      fhirId: `${resource.id ?? ''}`,
      record,
    };
    return (await this.vault.records.put(draft, {}, owner)).record;
  }

  /** Records a consent as the screen does: reads the text, then signs it; with a card the patient signs it too. */
  async share(wish: Partial<ConsentWish> & Pick<ConsentWish, 'patient' | 'recipient' | 'categories'>, card?: ShownCard) {
    const whole = {
      purpose: 'TREAT',
      starts: MORNING,
      ends: null,
      verification: 'in person',
      language: 'en',
      ...wish,
    };
    const { hash: textHash } = await this.vault.consents.text(whole);
    return this.vault.consents.give(whole, textHash, PASSPHRASE, card);
  }

  /** Issues a care card; gives what the patient then holds and knows. */
  async issueCard(patient: string, withEmergency = false): Promise<ShownCard> {
    const { groups } = await this.vault.careCards.issue(patient, CARD_PIN, PASSPHRASE, withEmergency);
    return { code: groups.join('-'), pin: CARD_PIN };
  }

  withdraw(consent: string) {
    return this.vault.consents.withdraw(consent, PASSPHRASE);
  }

  /** Opens the chart and gives the titles of what can be read in it, sorted. */
  async read(patient: string, purpose = 'TREAT'): Promise<string[]> {
    await this.vault.charts.open(patient, purpose);
    const entries = (await this.vault.charts.chart(patient)).all();
    const titles: string[] = [];
    for (const entry of entries) {
      const [newest] = await this.vault.records.versions(this.vault.patients.known(patient), entry);
      if (newest && newest.content.length > 0) titles.push(entry.title);
    }
    return titles.sort();
  }

  /** A copy of the files as a thief takes it; gives the folder. */
  async copy(): Promise<string> {
    await checkpointAfterErasure(this.database);
    const target = mkdtempSync(join(tmpdir(), 'careledger-copy-'));
    onTestFinished(() => rmSync(target, { recursive: true, force: true }));
    cpSync(this.folder, target, { recursive: true });
    return target;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
