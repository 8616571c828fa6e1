/** What the reconciliation of medications asks of the vault. */
import { graphql } from '../../../generated/gql.ts';

export const medicationReconciliation = graphql(`
  query MedicationReconciliation($patient: ID!, $other: ID) {
    medicationReconciliation(patient: $patient, other: $other) {
      lines {
        name
        decisions
        chart {
          ...ItemParts
        }
        came {
          origin
          from
          item {
            ...ItemParts
          }
        }
      }
      last {
        ...ItemParts
      }
    }
  }
`);

export const medicationReconciliationText = graphql(`
  query MedicationReconciliationText($input: ReconcileMedicationsInput!) {
    medicationReconciliationText(input: $input)
  }
`);

export const signMedicationReconciliation = graphql(`
  mutation SignMedicationReconciliation($input: ReconcileMedicationsInput!, $passphrase: String!) {
    signMedicationReconciliation(input: $input, passphrase: $passphrase) {
      id
      title
    }
  }
`);

/** Who in other clinics may be the same person. */
export const alikeElsewhere = graphql(`
  query AlikeElsewhere($id: ID!) {
    patientDuplicates(id: $id) {
      patient {
        id
        name
        birthDate
        shared
        custodianName
      }
    }
  }
`);
