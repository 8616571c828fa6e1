/** The device tier's GraphQL: what the page may know and do whether the vault is open or not. No record passes here. */

import { randomUUID } from 'node:crypto';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { passphraseStrength } from '../../../shared/identity/passphrase.ts';
import { openFounding } from '../../../shared/ledger/founding.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { decodeAdmissionRequest } from '../../../shared/sync/wire.ts';
import type { Resolvers } from '../../graphql/generated/device.ts';
import { fingerprintOfPem } from '../../identity/certificates.ts';
import { type EvidenceRow, listEvidence, readEvidenceFile } from '../../sync/evidence/evidence.store.ts';
import { problemOf } from '../../sync/vault-context/problem.ts';
import type { Topic } from '../../sync/vault-context/topic.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { backupMutations, backupStateOf } from '../backup/backup.resolvers.ts';
import { makeSampleClinic } from '../joining/sample-clinic.ts';
import { readProgramVersion } from '../updates/program-version.ts';
import type { DeskPart } from '../verify/disk-check.ts';
import { demonstrateTampering } from '../verify/tampering.ts';
import { exportBundle, importBundle } from './bundle-files.ts';
import type { DeviceService } from './device-service.ts';
import { clinicOf, clinicsOf, devicesOf, inclusionOf, ledgerBlock, ledgerBlocks } from './ledger-view.ts';

export interface DeviceContext {
  readonly service: DeviceService;
}

const LOCK_AFTER_MINUTES = 10;

async function workstationOf(service: DeviceService) {
  const { installation, signedIn } = service;
  const slots = await service.entrance.slots();
  const role = signedIn?.role ?? '';
  return {
    state: !installation.chain ? ('NEW' as const) : signedIn ? ('UNLOCKED' as const) : ('LOCKED' as const),
    version: await readProgramVersion(),
    training: (await installation.text('training')) !== undefined,
    clinic: installation.founding ? clinicOf(installation.founding) : null,
    device: service.deviceId ?? null,
    keychain: service.hasKeychain,
    staff: slots.map(({ id, name }) => ({ id, name, role: id === signedIn?.id ? role : '' })),
    signedIn: signedIn ? { id: signedIn.id, name: signedIn.name, role: signedIn.role } : null,
    lockAfterMinutes: LOCK_AFTER_MINUTES,
    look: await service.looks.of(signedIn?.id),
    waiting: service.door.notice ?? null,
    update: updateOf(service),
  };
}

function updateOf({ updates }: DeviceService) {
  const { state, canInstall } = updates;
  if (state.kind === 'none') return null;
  if (state.kind === 'refused') {
    return {
      state: 'REFUSED' as const,
      version: '',
      isOlder: false,
      canInstall: false,
      notes: [],
      problem: problemOf(state.problem),
    };
  }
  const { release, isOlder, kind } = state;
  const notes = release.notes.map(({ language, text }) => ({ language, text }));
  return {
    state: kind === 'ready' ? ('READY' as const) : ('FETCHING' as const),
    version: release.version,
    isOlder,
    canInstall,
    notes,
    problem: null,
  };
}

/** Answers of two runs of the program cannot be told apart by their counts. */
const RUN = randomUUID();

async function syncStateOf(service: DeviceService) {
  const { sync, installation } = service;
  const problem = sync?.problem ?? service.entrance.joinProblem;
  const { region } = installation;
  const hubAddress = installation.hubAddress ?? '';
  return {
    run: RUN,
    revision: service.syncChanged.published,
    connection: sync?.connection ?? ('ALONE' as const),
    region: region
      ? {
          id: toHex(region.id),
          name: region.genesis.name,
          address: hubAddress,
          hubKey: toHex(service.policies?.current.activeHubKey ?? region.genesis.hubKey),
        }
      : null,
    pendingEvents: sync?.pendingEvents ?? 0,
    pendingDocuments: sync?.pendingDocuments ?? 0,
    replicaSize: sync?.replicaSize ?? 0,
    historyFrom: sync?.historyFrom ?? 0,
    witnessWaits: sync?.witnessWaits ?? false,
    hubSize: sync?.hubSize ?? 0,
    timeLeft: (sync?.connection === 'DOWNLOADING' ? sync.timeLeft : undefined) ?? null,
    auditedSize: sync?.auditedSize ?? 0,
    witnessedSize: sync?.witnessedSize ?? 0,
    witnessedAt: sync?.witnessedAt ?? null,
    witnesses: sync?.witnesses ?? 0,
    witnessesNeeded: sync?.witnessesNeeded ?? 0,
    rulesNeeded: sync?.updateNeeded ?? null,
    provedSize: sync?.provedSize ?? 0,
    splitViewDefence: (sync?.witnesses ?? 0) >= 4,
    lastContact: sync?.lastContact ?? null,
    clockSkew: sync?.clockSkew ?? null,
    nextAttempt: sync?.nextAttempt ?? null,
    problem: problem ? problemOf(problem) : null,
    newEpoch: service.continuity?.newEpoch ?? null,
    inUseTwice: service.continuity?.isInUseTwice ?? false,
    alarms: await named(service, sync?.alarms ?? []),
    clinicHost: clinicHostOf(service),
    diskCheck: {
      finishedAt: service.diskCheck.finishedAt ?? null,
      faults: Object.entries(service.diskCheck.faults).map(([part, count]) => ({ part: part as DeskPart, count })),
    },
  };
}

function clinicHostOf({ clinicHost }: DeviceService) {
  if (!clinicHost) return null;
  const { role, listen, addresses, route, problem } = clinicHost;
  return {
    role,
    listen: listen ?? null,
    addresses: [...addresses],
    connected: route?.connected ?? false,
    lastContact: route?.lastContact ?? null,
    problem: problem ? problemOf(problem) : null,
  };
}

async function fhirFacadeOf({ fhir, installation, signedIn }: DeviceService) {
  const { port, address, problem, network, networkAddresses, callers } = await fhir.state();
  const authority = network && (await installation.text('authority'));
  return {
    port: port ?? null,
    address: address ?? null,
    network:
      network && authority
        ? {
            listen: network.listen,
            names: [...network.names],
            addresses: [...networkAddresses],
            authority,
            fingerprint: toHex(fingerprintOfPem(authority)),
          }
        : null,
    callers: signedIn ? [...callers] : [],
    problem: problem ? problemOf(problem) : null,
  };
}

/** Rows of the evidence with the names of the people in them. */
async function named(service: DeviceService, rows: readonly EvidenceRow[]): Promise<EvidenceRow[]> {
  if (rows.every(({ acknowledgedBy, resolvedBy }) => !acknowledgedBy && !resolvedBy)) return [...rows];
  const names = new Map((await service.entrance.slots()).map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string | null => (id ? (names.get(id) ?? id) : id);
  return rows.map((row) => ({ ...row, acknowledgedBy: nameOf(row.acknowledgedBy), resolvedBy: nameOf(row.resolvedBy) }));
}

/** Follows a topic: one tick at once and one for each change; the field's resolver then answers what is true by then. */
const ticking = (topic: Topic<true>): AsyncIterable<never> =>
  topic.follow(true) as AsyncIterable<unknown> as AsyncIterable<never>;

export const deviceResolvers: Resolvers<DeviceContext> = {
  Query: {
    workstation: (_, __, { service }) => workstationOf(service),
    syncState: (_, __, { service }) => syncStateOf(service),
    passphraseStrength: (_, { passphrase, words }) => {
      const { score, accepted, advice } = passphraseStrength(passphrase, words);
      return { score, accepted, advice: [...advice] };
    },
    ledgerBlocks: (_, { before, limit }, { service }) =>
      ledgerBlocks(service, before ?? undefined, Math.min(200, Math.max(1, limit))),
    ledgerBlock: async (_, { position }, { service }) => (await ledgerBlock(service, position)) ?? null,
    inclusion: (_, { position }, { service }) => inclusionOf(service, position),
    clinics: (_, __, { service }) => clinicsOf(service),
    devices: (_, __, { service }) => devicesOf(service),
    backups: (_, __, { service }) => backupStateOf(service),
    fhirFacade: (_, __, { service }) => fhirFacadeOf(service),
    evidence: async (_, __, { service }) => named(service, await listEvidence(service.installation.database.read)),
    evidenceFile: async (_, { id }, { service }) => (await readEvidenceFile(service.installation.database.read, id)) ?? null,
    admissionRequests: async (_, __, { service }) => {
      if (!service.installation.region) return [];
      const { admissionRequests } = await service
        .askHub((client) =>
          client.ask<{ admissionRequests: Array<{ request: string; receivedAt: number }> }>('AdmissionRequests'),
        )
        .catch((error: unknown) => {
          // Who is no witness has no say.
          if (asFailure(error).code === 'hub.not-allowed') return { admissionRequests: [] };
          throw error;
        });
      return admissionRequests.map(({ request, receivedAt }) => {
        const { founding } = decodeAdmissionRequest(Buffer.from(request, 'base64'));
        const { chain, statement } = openFounding(hashParts, verifySignature, founding);
        return {
          chain: toHex(chain),
          name: statement.name,
          kind: statement.kind === 'clinic' ? 'CLINIC' : 'RESEARCH',
          fingerprint: toHex(statement.clinicKey),
          receivedAt,
        };
      });
    },
  },
  Mutation: {
    ...backupMutations,
    exportBundle: async (_, { folder, after, clinic }, { service }) => {
      // Files of this computer are written and read for who is signed in.
      await service.somebody();
      return exportBundle(service, folder, after, clinic ?? undefined);
    },
    demonstrateTampering: async (_, { how }, { service }) => {
      await service.somebody();
      const { faults, ...report } = await demonstrateTampering(service.installation, how);
      return { ...report, faults: [...faults] };
    },
    importBundle: async (_, { path }, { service }) => {
      await service.somebody();
      return importBundle(service, path);
    },
    restoreBackup: async (_, { folder, shares, name, passphrase }, { service }) => {
      await service.entrance.restore(folder, shares, name, passphrase);
      return workstationOf(service);
    },
    createClinic: async (_, { input }, { service }) => {
      const { invitation, ...clinic } = input;
      await service.entrance.createClinic({
        ...clinic,
        kind: clinic.kind === 'CLINIC' ? 'clinic' : 'research',
        invitation: invitation ?? undefined,
      });
      return workstationOf(service);
    },
    createSampleClinic: async (_, { passphrase }, { service }) => {
      await makeSampleClinic(service, passphrase);
      return workstationOf(service);
    },
    joinClinic: async (_, { invitation, staffName, passphrase }, { service }) => {
      await service.entrance.joinClinic(invitation, staffName, passphrase);
      return workstationOf(service);
    },
    unlock: async (_, { staff, passphrase }, { service }) => {
      await service.entrance.unlock(staff, passphrase);
      return workstationOf(service);
    },
    lock: async (_, __, { service }) => {
      await service.entrance.lock();
      return workstationOf(service);
    },
    joinRegion: async (_, { invitation }, { service }) => {
      await service.entrance.joinRegion(invitation);
      return syncStateOf(service);
    },
    letCopyGoOn: async (_, __, { service }) => {
      await service.administrator.letCopyGoOn();
      return syncStateOf(service);
    },
    serveClinic: async (_, { listen }, { service }) => {
      await service.administrator.serveClinic(listen ?? undefined);
      return syncStateOf(service);
    },
    openPasskeyPage: (_, __, { service }) => service.openPasskeyPage(),
    serveFhir: async (_, { port, network }, { service }) => {
      await service.administrator.serveFhir(port ?? undefined, network ?? undefined);
      return fhirFacadeOf(service);
    },
    followClinicHost: async (_, { address }, { service }) => {
      await service.administrator.followClinicHost(address ?? undefined);
      return syncStateOf(service);
    },
    acknowledgeEvidence: async (_, { id }, { service }) => {
      await service.acknowledgeEvidence(id);
      return syncStateOf(service);
    },
    resumeSync: async (_, __, { service }) => {
      await service.administrator.resumeSync();
      return syncStateOf(service);
    },
    followRestoredHub: async (_, __, { service }) => {
      await service.administrator.followRestoredHub();
      return syncStateOf(service);
    },
    chooseLook: async (_, { language, scheme }, { service }) => {
      await service.looks.choose(service.signedIn?.id, { language: language ?? undefined, scheme: scheme ?? undefined });
      return workstationOf(service);
    },
    installUpdate: async (_, __, { service }) => {
      await service.updates.install();
      return true;
    },
    syncNow: (_, __, { service }) => {
      service.syncNow();
      return syncStateOf(service);
    },
  },
  Subscription: {
    backupsChanged: {
      subscribe: (_, __, { service }) => ticking(service.backupsChanged),
      resolve: (_: unknown, __: unknown, { service }: DeviceContext) => backupStateOf(service),
    },
    workstationChanged: {
      subscribe: (_, __, { service }) => ticking(service.workstationChanged),
      resolve: (_: unknown, __: unknown, { service }: DeviceContext) => workstationOf(service),
    },
    syncChanged: {
      subscribe: (_, __, { service }) => ticking(service.syncChanged),
      resolve: (_: unknown, __: unknown, { service }: DeviceContext) => syncStateOf(service),
    },
  },
};
