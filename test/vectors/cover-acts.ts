/** Cover in the history of wire-1.json: named by who leaves and by the administrator, refused to others, and withdrawn once. */
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, MORNING, signingKeyFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const DAY = 86_400_000;
const idOf = (name: string): Uint8Array => bytesFor(`cover ${name}`, 16);
const [doctor, nurse, front] = ['doctor', 'nurse', 'reception'].map((name) => signingKeyFor(`cover ${name}`)) as [
  ReturnType<typeof signingKeyFor>,
  ReturnType<typeof signingKeyFor>,
  ReturnType<typeof signingKeyFor>,
];

export function* covered(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const administrator = { signer: clinic.administrator };
  const leave = { covered: doctor.publicKey, covering: nurse.publicKey, from: MORNING, until: MORNING + 7 * DAY };
  yield [
    clinic.desk,
    [
      act(clinic, 'staff.enrolled', { staff: doctor.publicKey, role: 'clinician' }, administrator),
      act(clinic, 'staff.enrolled', { staff: nurse.publicKey, role: 'nurse' }, administrator),
      act(clinic, 'staff.enrolled', { staff: front.publicKey, role: 'reception' }, administrator),
      act(clinic, 'cover.named', { ...leave, cover: idOf('leave') }, { signer: doctor }),
      act(clinic, 'cover.named', { ...leave, cover: idOf('ill') }, administrator),
      act(clinic, 'cover.named', { ...leave, cover: idOf('taken') }, { signer: nurse }),
      act(clinic, 'cover.named', { ...leave, cover: idOf('reception'), covering: front.publicKey }, { signer: doctor }),
      act(clinic, 'cover.named', { ...leave, cover: idOf('long'), until: MORNING + 93 * DAY }, { signer: doctor }),
      act(clinic, 'cover.named', { ...leave, cover: idOf('leave') }, { signer: doctor }),
    ],
  ];
  yield [
    clinic.desk,
    [
      act(clinic, 'cover.withdrawn', { cover: idOf('leave') }, { signer: front }),
      act(clinic, 'cover.withdrawn', { cover: idOf('leave') }, { signer: nurse }),
      act(clinic, 'cover.withdrawn', { cover: idOf('leave') }, { signer: doctor }),
      act(clinic, 'cover.withdrawn', { cover: idOf('nobody') }, administrator),
    ],
  ];
}
