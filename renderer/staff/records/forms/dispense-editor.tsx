import { useQuery } from '@apollo/client/react';
import { Text } from '@mantine/core';
import { type ComponentProps, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemPartsFragment } from '../../../generated/graphql.ts';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../../parts/states.tsx';
import { dispensingNow } from '../chart-documents.ts';
import type { ExactObject } from '../exact-json.ts';
import { RecordEditor } from '../record-editor.tsx';
import { type DispensedBy, dispenseForm, leftWords } from './dispense-form.tsx';

/** A prescription and what was handed over of it, as it stands now. */
function useDispensing(patient: string, prescription: ItemPartsFragment | undefined) {
  const { data, error, refetch } = useQuery(dispensingNow, {
    variables: { patient, prescription: prescription?.id ?? '' },
    skip: prescription === undefined,
    // From the cache first would begin the fields anew while somebody types.
    fetchPolicy: 'network-only',
  });
  const by = useMemo((): DispensedBy | undefined => {
    if (!data || !prescription) return undefined;
    const { prescription: resource, handed } = data.dispensing;
    return { item: prescription, resource, handed: handed.map((each) => ({ ...each, amount: each.amount ?? undefined })) };
  }, [data, prescription]);
  return { by, error, retry: () => quietly(refetch()) };
}

interface DispenseEditorProps extends Omit<ComponentProps<typeof RecordEditor>, 'definition' | 'signs'> {
  readonly writer: ExactObject;
}

/** Hands over medicine by a prescription, or amends what was handed over. */
export function DispenseEditor({ writer, ...editor }: DispenseEditorProps) {
  const { t } = useTranslation();
  const { prescription } = editor.writing;
  const { by, error, retry } = useDispensing(editor.patient, prescription);
  const definition = useMemo(() => dispenseForm(t, writer, by), [t, writer, by]);
  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  if (prescription && !by) return <Loading rows={6} />;
  return <RecordEditor {...editor} definition={definition} />;
}

/** What is left of a prescription, beside it; nothing while nothing was handed over. */
export function WhatIsLeft({ patient, prescription }: { patient: string; prescription: ItemPartsFragment }) {
  const { t } = useTranslation();
  const { by } = useDispensing(patient, prescription);
  if (!by || by.handed.length === 0) return null;
  return <Text size="sm">{leftWords(by, t)}</Text>;
}
