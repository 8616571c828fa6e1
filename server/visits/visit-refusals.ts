/** Why a visit stays as it is: the refusals of `visits.ts`. */
import { Failure } from '../../shared/outcome/failure.ts';

export function notOurs(): Failure {
  return new Failure(
    'visits.not-ours',
    'Another clinic keeps this patient’s records and alone writes in them. Register the person here, then add the visit.',
  );
}

export function hasDied(): Failure {
  return new Failure(
    'visits.patient-died',
    'This person is recorded as having died, so no visit is added or gone on with. If that is wrong, somebody who writes in the chart corrects the record of death first: in the chart, under More.',
  );
}

export function mayNotTreat(): Failure {
  return new Failure(
    'access.not-allowed',
    'Your role does not allow this. Who treats the patient begins and ends the encounter.',
  );
}

export function noSuchStep(): Failure {
  return new Failure('visits.step', 'The visit cannot go there from where it stands. Look at it again.');
}

export function tooLateToPlan(): Failure {
  return new Failure(
    'visits.too-late-to-plan',
    'The time can be changed until the patient is here, and the rest until somebody calls them. Look at the visit again.',
  );
}

export function notToday(): Failure {
  return new Failure('visits.not-today', 'This visit is booked for another day. Until then it can only be cancelled.');
}

export function closedBefore(): Failure {
  return new Failure('visits.closed', 'This visit was closed on an earlier day and stays so. Add another visit.');
}
