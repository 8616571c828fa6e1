/** Which clinic prints, and who: what stands on every paper. */
import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import { useFormat } from '../words/use-format.ts';
import type { PaperFacts, PrinterFacts } from './paper-parts.tsx';

const printerNow = graphql(`
  query PrinterNow {
    workstation {
      clinic {
        name
      }
      signedIn {
        name
      }
    }
  }
`);

export const printedPatient = graphql(`
  query PrintedPatient($patient: ID!) {
    patient(id: $patient) {
      id
      name
      birthDate
      gender
      city
      shared
      identifiers {
        type
        value
      }
    }
  }
`);

/** Clinic and person are '' until it is known. */
export function usePrinter(): PrinterFacts {
  const { t } = useTranslation();
  const format = useFormat();
  const printer = useQuery(printerNow, { fetchPolicy: 'cache-first' }).data?.workstation;
  const [clinic, by] = [printer?.clinic?.name ?? '', printer?.signedIn?.name ?? ''];
  return useMemo(() => ({ clinic, by, t, format }), [clinic, by, t, format]);
}

/** The same of a paper about a patient. */
export function usePaperFacts(patient: PaperFacts['patient']): PaperFacts {
  const printer = usePrinter();
  return useMemo(() => ({ patient, ...printer }), [patient, printer]);
}
