/** The fields of shared/sync/device/backups.graphql: backups and recovery. What changes something is an administrator's. */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { BackupStanding, Resolvers } from '../../graphql/generated/device.ts';
import { problemOf } from '../../sync/vault-context/problem.ts';
import type { DeviceService } from '../device/device-service.ts';
import type { KnownBackup } from './backup-list.ts';
import { Backups } from './backups.ts';

interface BackupContext {
  readonly service: DeviceService;
}

/** What the page is shown; nothing before the device's keys are open. */
export async function backupStateOf({ backups }: DeviceService) {
  const list = await backups.list.read();
  const { schedule, scheduleProblem, drilled, recovery } = list;
  return {
    backups: [...list.backups].sort((one, other) => other.made - one.made).map(backupOf),
    schedule: schedule ?? null,
    nextDue: Backups.nextDue(list) ?? null,
    scheduleProblem: scheduleProblem ? problemOf({ ...scheduleProblem, retry: true }) : null,
    progress: backups.progress ?? null,
    recovery: recovery?.kit
      ? { holders: [...recovery.kit.holders], threshold: recovery.kit.threshold, made: recovery.kit.made }
      : null,
    lastDrill: drilled ?? null,
  };
}

const backupOf = ({ id, state, made, expires, folder, bytes, checkedAt, counts, escrowed, problem }: KnownBackup) => ({
  id,
  state: state.toUpperCase() as BackupStanding,
  made,
  expires,
  folder,
  bytes,
  checkedAt: checkedAt ?? null,
  documents: counts?.documents ?? null,
  keys: counts?.keys ?? null,
  recoverable: escrowed !== undefined,
  problem: problem ? problemOf(problem) : null,
});

/** @throws {Failure} as `DeviceService.somebody`; `backup.not-administrator`. */
async function refuseOthers(service: DeviceService): Promise<void> {
  if ((await service.somebody()).role === 'administrator') return;
  throw new Failure('backup.not-administrator', 'Backups and recovery are an administrator’s. Ask one to sign in here.');
}

export const backupMutations: Resolvers<BackupContext>['Mutation'] = {
  makeBackup: async (_, { folder }, { service }) => {
    await refuseOthers(service);
    await service.backups.make(folder);
    return backupStateOf(service);
  },
  scheduleBackups: async (_, { folder, everyHours }, { service }) => {
    await refuseOthers(service);
    await service.administrator.scheduleBackups(folder ? { folder, everyHours: everyHours ?? 24 } : undefined);
    return backupStateOf(service);
  },
  makeRecoverySheets: async (_, request, { service }) => {
    await refuseOthers(service);
    const sheets = await service.backups.makeRecovery(request);
    return sheets.map((sheet) => ({ ...sheet, lines: [...sheet.lines] }));
  },
  runDrill: async (_, { passphrase }, { service }) => {
    await refuseOthers(service);
    return JSON.stringify(await service.backups.drill(passphrase), null, 1);
  },
};
