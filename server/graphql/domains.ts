/**
 * The registry of domains of the unlocked workstation: one line each. A domain's front door says its name, its schema and its
 * resolvers; `openVaultDomains` says what an unlock opens and a lock closes.
 */
import { type AccessComplaints, AccessLog, accessDomain, openComplaints } from '../access/access.ts';
import { CareCards, careCardDomain, guardianDomain } from '../care-card/care-cards.ts';
import { Consents, consentDomain, glassDomain } from '../consent/consent.ts';
import { Covers, coverDomain } from '../cover/cover.ts';
import { Erasures, erasureDomain } from '../erasure/erasure.ts';
import { FhirApi, fhirApiDomain } from '../fhir-api/fhir-api.ts';
import { FleetConsole, fleetDomain } from '../fleet/fleet.ts';
import { PatientFiles } from '../kiosk/kiosk.ts';
import { Marketplace, marketplaceDomain } from '../marketplace/marketplace.ts';
import { type MonitoringDesk, monitoringDomain, openMonitoring } from '../monitoring/monitoring.ts';
import { Patients, patientsDomain, showPatient } from '../patients/patients.ts';
import { Payments, paymentsDomain } from '../payments/payments.ts';
import { openRecords, type RecordsDesk, recordsDomains } from '../records/records.ts';
import { Staff, staffDomain } from '../staff/people.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { Tasks, tasksDomain } from '../tasks/tasks.ts';
import { openTelemedicine, type Telemedicine, telemedicineDomain } from '../telemedicine/telemedicine.ts';
import { TrainingDesk, trainingDomain } from '../training/training.ts';
import { Visits, visitsDomain } from '../visits/visits.ts';

export interface VaultDomain {
  readonly name: string;
  /** Path of its schema from the project's root. */
  readonly sdl: string;
  readonly resolvers: object;
}

export const vaultDomains: readonly VaultDomain[] = [
  patientsDomain,
  ...recordsDomains,
  accessDomain,
  consentDomain,
  glassDomain,
  coverDomain,
  careCardDomain,
  guardianDomain,
  telemedicineDomain,
  tasksDomain,
  visitsDomain,
  paymentsDomain,
  monitoringDomain,
  marketplaceDomain,
  staffDomain,
  erasureDomain,
  fhirApiDomain,
  fleetDomain,
  trainingDomain,
];

/** What resolvers receive: who asks and what there is. Nothing of it comes from the page. */
export interface VaultRequest extends Omit<RecordsDesk, 'close'>, Telemedicine, MonitoringDesk {
  readonly vault: VaultContext;
  /** Files and folders of this computer that who asks may have imported. */
  readonly readable: readonly string[];
  readonly patients: Patients;
  readonly access: AccessLog;
  readonly complaints: AccessComplaints;
  readonly consents: Consents;
  readonly careCards: CareCards;
  readonly guardians: CareCards['guardians'];
  readonly covers: Covers;
  readonly tasks: Tasks;
  readonly visits: Visits;
  readonly payments: Payments;
  readonly marketplace: Marketplace;
  readonly staff: Staff;
  readonly fleet: FleetConsole;
  readonly training: TrainingDesk;
  readonly erasures: Erasures;
  readonly patientFiles: PatientFiles;
  readonly fhirApi: FhirApi;
  readonly showPatient: ReturnType<typeof showPatient>;
}

export interface OpenVault {
  readonly request: VaultRequest;
  /** Seals the access log into the ledger where that is possible, stops imports, drops directory, index, charts and keys. */
  close(): Promise<void>;
}

/** What an unlock does: reads the directory, builds the search index, takes up the access log. */
export async function openVaultDomains(vault: VaultContext): Promise<OpenVault> {
  const [patients, access] = await Promise.all([Patients.open(vault), AccessLog.open(vault)]);
  access.copyInto(patients);
  const { close: closeRecords, ...recordsDesk } = openRecords(vault, patients, access);
  const { records, charts, conflicts, attachments } = recordsDesk;
  const complaints = openComplaints(vault, patients, access);
  const careCards = new CareCards({ context: vault, directory: patients, records, access });
  const { guardians } = careCards;
  const consents = new Consents({ context: vault, directory: patients, records, accessLog: access });
  const telemedicine = openTelemedicine(vault, patients, records, charts, access);
  const marketplace = new Marketplace(vault, patients);
  const monitoring = openMonitoring({ context: vault, patients, records, looks: charts, access });
  const erasures = new Erasures({ context: vault, patients, consents, records, charts });
  const staff = await Staff.open(vault);
  const fhirApi = await FhirApi.open({ context: vault, patients, records, access, attachments });
  return {
    request: {
      vault,
      readable: [],
      patients,
      access,
      complaints,
      ...recordsDesk,
      consents,
      careCards,
      guardians,
      ...telemedicine,
      covers: new Covers(vault),
      tasks: new Tasks(vault, patients, records, charts),
      visits: new Visits(vault, patients, records, charts),
      payments: new Payments(vault, patients, records, access),
      ...monitoring,
      marketplace,
      staff,
      fleet: new FleetConsole(vault),
      training: new TrainingDesk({ context: vault, patients, records, conflicts, access }),
      patientFiles: new PatientFiles({
        context: vault,
        directory: patients,
        records,
        accessLog: access,
        consents,
        complaints,
        guardians,
        marketplace,
        erasures,
        staff,
      }),
      erasures,
      fhirApi,
      showPatient: showPatient(vault, patients),
    },
    async close() {
      fhirApi.close();
      await telemedicine.videoCalls.closeAll();
      await closeRecords();
      // A disk that cannot be written must not keep the vault open: the lines are there, the next unlock anchors them.
      await access.sealAccessLog().catch(() => undefined);
      await patients.close();
      await vault.fhir.close();
      vault.keyStore.lock();
    },
  };
}
