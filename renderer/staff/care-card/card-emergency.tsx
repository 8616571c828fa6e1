import { useApolloClient } from '@apollo/client/react';
import { Button, List, Modal, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenCardEmergencyMutation } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { openCardEmergency } from './card-documents.ts';
import { Asking, CardCode } from './card-fields.tsx';
import { useAskAgain } from './use-ask-again.ts';

type Extract = NonNullable<OpenCardEmergencyMutation['openCardEmergency']>;

/** What a card opens without its PIN, for who helps. */
export function CardEmergency({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [code, setCode] = useState('');
  const [extract, setExtract] = useState<Extract | null>(null);
  const { ask, error, isAsking } = useAskAgain(async () => {
    const { data } = await client.mutate({ mutation: openCardEmergency, variables: { code }, fetchPolicy: 'no-cache' });
    return data?.openCardEmergency;
  }, setExtract);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('cardEmergency.open')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {extract ? (
        <Shown extract={extract} />
      ) : (
        <form onSubmit={ask}>
          <Stack gap="md">
            <Text size="sm">{t('cardEmergency.explained')}</Text>
            <CardCode value={code} onChange={setCode} />
            <Asking isAsking={isAsking} error={error} onClose={onClose}>
              <Button type="submit" color="red" loading={isAsking} disabled={code === ''}>
                {t('cardEmergency.action')}
              </Button>
            </Asking>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

const sections = ['allergies', 'medications', 'problems', 'implants', 'contacts', 'directives'] as const;

/** Each section is named, so that an empty one says that nothing is recorded. */
function Shown({ extract: { name, birthDate, sections: found } }: { extract: Extract }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm">{format.recorded(birthDate)}</Text>
      </div>
      {sections.map((section) => {
        const lines = found.find((each) => each.name === section)?.lines ?? [];
        return (
          <section key={section} aria-label={t(`cardEmergency.${section}`)}>
            <Title order={3} size="h5">
              {t(`cardEmergency.${section}`)}
            </Title>
            {lines.length === 0 ? (
              <Text size="sm" c="dimmed">
                {t('cardEmergency.nothing')}
              </Text>
            ) : (
              <List size="sm">
                {lines.map(({ text, date, disagreements }) => (
                  <List.Item key={`${text} ${date}`}>
                    {[text, format.recorded(date)].filter(Boolean).join(', ')}
                    {disagreements.map((words) => (
                      <Text key={words} size="sm" style={{ whiteSpace: 'pre-line' }}>
                        {t('cardEmergency.saidAgainst', { words })}
                      </Text>
                    ))}
                  </List.Item>
                ))}
              </List>
            )}
          </section>
        );
      })}
      <Text size="sm" c="dimmed">
        {t('cardEmergency.logged')}
      </Text>
    </Stack>
  );
}
