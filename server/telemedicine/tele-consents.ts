/** Whether a patient consented to treatment by video or telephone: a record of their chart, asked for before the first call. */
import { TREATMENT_CONSENT_SYSTEM } from '../../shared/consent/own-consents.ts';
import { fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  checkedWay,
  readTeleConsent,
  TELE_CONSENT,
  TELE_CONSENT_MS,
  type TeleConsent,
  writeTeleConsent,
} from '../../shared/telemedicine/tele-consent.ts';
import type { ChartEntry, PatientDirectory, RecordStore, VaultContext } from '../sync/vault-context/vault-context.ts';
import type { OpenedCharts } from './telemedicine.ts';

interface RecordedConsent extends TeleConsent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: string;
}

export class TeleConsents {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #charts: OpenedCharts;

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, charts: OpenedCharts) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#charts = charts;
  }

  /** What the patient said last, and until when it counts. @throws {Failure} `access.chart-not-open`. */
  async newest(patient: string): Promise<(RecordedConsent & { readonly holds: boolean }) | undefined> {
    const entry = await this.#entry(patient);
    const [version] = entry ? await this.#records.versions(this.#directory.known(patient), entry) : [];
    const said = version && readTeleConsent(JSON.parse(fromUtf8(version.content)));
    if (!version || !said) return undefined;
    const holds = said.given && version.time + TELE_CONSENT_MS > this.#context.clock();
    return { ...said, at: version.time, by: version.authorName, holds };
  }

  /** A further version of the one record; durable when it resolves. @throws {Failure} `telemedicine.not-ours`, `telemedicine.consent-way`; storage failures. */
  async record(patient: string, given: boolean, way: string): Promise<void> {
    const context = this.#context;
    const before = await this.#entry(patient);
    const at = new Date(context.clock()).toISOString();
    const resource = writeTeleConsent({ given, way: checkedWay(way) }, patient, context.staff.name, at);
    await this.#records.put({
      patient,
      category: 'telemedicine',
      record: before?.record,
      basedOn: before?.version,
      kind: 'fhir',
      content: utf8(JSON.stringify(resource)),
      summary: summarize(resource),
      fhirId: '',
    });
    context.notify({ patients: [patient] });
  }

  /** @throws {Failure} `telemedicine.no-consent`. */
  async require(patient: string): Promise<void> {
    if ((await this.newest(patient))?.holds) return;
    throw new Failure(
      'telemedicine.no-consent',
      'Ask the patient whether they agree to be treated by video or telephone, and record the answer. Then begin the call.',
    );
  }

  async #entry(patient: string): Promise<ChartEntry | undefined> {
    return (await this.#charts.chart(patient))
      .all()
      .find(
        ({ resourceType, code }) =>
          resourceType === 'Consent' && code?.system === TREATMENT_CONSENT_SYSTEM && code.code === TELE_CONSENT,
      );
  }
}
