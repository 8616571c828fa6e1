/** `npm run keep:operations`: keeps the texts of this version's operations, once, before it is released: hubs to come answer them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { CLINIC_HOST_OPERATIONS, ENROLMENT_OPERATIONS, HUB_OPERATIONS } from '../../shared/sync/operations.ts';

const { version } = manifest;
const kept = { version, hub: HUB_OPERATIONS, enrolment: ENROLMENT_OPERATIONS, clinicHost: CLINIC_HOST_OPERATIONS };
const file = join(import.meta.dirname, '../../shared/sync/released', `${version}.json`);
// What was released stays as it is.
writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { flag: 'wx' });
process.stdout.write(
  `${file}\nName it in shared/sync/released-operations.ts and its SHA-256 in test/rules/released-operations-stay.test.ts.\n`,
);
