import { useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPencilPause } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { quietly } from '../../../parts/quietly.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import { draftsOf } from './drafts.ts';
import { type WriteKind, type Writing, writeKinds } from './writing.ts';

interface UnfinishedDraftsProps {
  readonly patient: string;
  readonly isWriting: boolean;
  readonly onWrite: (writing: Writing) => void;
  readonly onOpen: (record: string) => void;
}

const isKind = (kind: string): kind is WriteKind => (writeKinds as readonly string[]).includes(kind);

/** What who is signed in began to write in this chart and has not saved: it waits, encrypted, until it is gone on with or discarded. */
export function UnfinishedDrafts({ patient, isWriting, onWrite, onOpen }: UnfinishedDraftsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, refetch } = useQuery(draftsOf, { variables: { patient }, fetchPolicy: 'network-only' });
  // A form that was closed has left a draft, or has taken one away.
  useEffect(() => {
    if (!isWriting) quietly(refetch());
  }, [isWriting, refetch]);
  const drafts = (data?.drafts ?? []).flatMap((draft) => (isKind(draft.kind) ? [{ ...draft, kind: draft.kind }] : []));
  if (drafts.length === 0 || isWriting) return null;
  return (
    <Stack gap="xs" mb="md">
      {drafts.map(({ kind, key, savedAt }) => (
        <Alert key={`${kind} ${key}`} color="lagoon" icon={<IconPencilPause aria-hidden />} py="xs">
          <Group justify="space-between">
            <Text size="sm">
              {t('write.unfinished', {
                what: key === 'new' || kind === 'DISPENSE' ? t(`write.add.${kind}`) : t('write.unfinishedAmendment'),
              })}{' '}
              · {format.moment(savedAt)}
            </Text>
            <Button size="compact-sm" variant="default" onClick={() => (key === 'new' ? onWrite({ kind }) : onOpen(key))}>
              {t('write.goOn')}
            </Button>
          </Group>
        </Alert>
      ))}
    </Stack>
  );
}
