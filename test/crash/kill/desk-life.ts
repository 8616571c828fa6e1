/** A clinic alone at its desk: what its people write, keep, change and erase, with no region and no hub. */
import { existsSync } from 'node:fs';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { ChartActs } from './chart-acts.ts';
import { DayActs } from './day-acts.ts';
import { ADMINISTRATOR, ask, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { DeskActs } from './desk-acts.ts';
import { DeskCharts } from './desk-charts.ts';
import { DeskLooks } from './desk-looks.ts';
import { KeepingActs } from './keeping-acts.ts';
import type { Life, Witness } from './lives.ts';
import { lookAtMark } from './mark.ts';
import type { Act, Task } from './task.ts';

export async function deskLife({ folder, fresh, acts }: Task, witness: Witness): Promise<Life> {
  if (!fresh && existsSync(folder)) await lookAtMark(folder, witness);
  const service = await openDesk(folder);
  if (!service.installation.chain) await beginClinic(service);
  const passphrase = await unlockAfter(service, acts, witness);
  const charts = new DeskCharts(service);
  const desk = new DeskActs(service, charts, folder, witness, passphrase);
  const looks = new DeskLooks(service, charts, witness);
  const keeping = new KeepingActs(service, folder, witness, () => desk.passphrase);
  const whole = new ChartActs(charts, witness);
  const day = new DayActs(service, charts, witness, () => desk.passphrase);
  return {
    begin: async (number) => {
      await desk.patient(number);
      await keeping.begin();
    },
    look: async (known) => {
      await looks.look(known);
      await day.look(known);
      await whole.look(known);
      await keeping.look(known);
    },
    acts: {
      record: (number) => desk.record(number),
      amend: (number) => desk.amend(number),
      note: (number) => desk.note(number),
      draft: (number) => desk.draft(number),
      patient: (number) => desk.patient(number),
      import: (number) => desk.import(number),
      erase: (number) => desk.erase(number),
      passphrase: () => desk.changePassphrase(),
      staff: (number) => desk.enrol(number),
      leave: (number) => desk.revoke(number),
      lock: () => desk.lockAndUnlock(),
      ...day.acts,
      ...whole.acts,
      ...keeping.acts,
    },
    close: () => service.close(),
  };
}

async function beginClinic(service: DeviceService): Promise<void> {
  await service.entrance.createClinic({
    name: 'Harbour Clinic',
    kind: 'clinic',
    administrator: ADMINISTRATOR,
    passphrase: PASSPHRASE,
  });
  await ask(
    service,
    'mutation Set($passphrase: String!) { setRetention(jurisdiction: "NONE", years: 0, passphrase: $passphrase) { years } }',
    {
      passphrase: PASSPHRASE,
    },
  );
  await service.entrance.lock();
}

/** Whatever became of a change that was under way, exactly one of the two passphrases opens. */
async function unlockAfter(service: DeviceService, acts: readonly Act[], witness: Witness): Promise<string> {
  const changes = acts.filter(({ kind }) => kind === 'passphrase');
  const settled = changes.filter(({ state }) => state === 'done').at(-1);
  const open = changes.at(-1)?.state === 'begun' ? changes.at(-1)?.about.to : undefined;
  const candidates = [settled?.about.to ?? PASSPHRASE, ...(open ? [open] : [])];
  for (const [at, passphrase] of candidates.entries()) {
    try {
      await unlock(service, passphrase);
      return passphrase;
    } catch (error) {
      if (at === candidates.length - 1 || asFailure(error).code !== 'vault.passphrase-wrong') {
        witness.fault('nothing acknowledged is lost', `no passphrase opens: ${asFailure(error).code}`);
        throw error;
      }
    }
  }
  return PASSPHRASE;
}
