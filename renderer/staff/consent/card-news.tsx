import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import type { CardNewsQuery } from '../../generated/graphql.ts';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';

const cardNews = graphql(`
  query CardNews {
    cardNews {
      id
      patient
      patientName
      clinicName
      change
      at
    }
  }
`);

const noteCardNews = graphql(`
  mutation NoteCardNews($id: ID!) {
    noteCardNews(id: $id)
  }
`);

interface CardNewsProps {
  readonly patient?: string;
  /** How many are shown where other work stands below; the screen of care cards has all. */
  readonly most?: number;
}

/**
 * Care cards that another clinic gave, replaced or ended while its patient shares with this one, until somebody has noted it: of one patient
 * in their chart, of all without one.
 */
export function CardNews({ patient, most = Number.POSITIVE_INFINITY }: CardNewsProps) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { data } = useQuery(cardNews);
  const news = data?.cardNews.filter((each) => patient === undefined || each.patient === patient) ?? [];
  if (news.length === 0) return null;
  return (
    <Stack gap={2} mb={patient === undefined ? 'md' : 0}>
      {news.slice(0, most).map((each) => (
        <Notice key={each.id} news={each} isInChart={patient !== undefined} />
      ))}
      {news.length > most ? (
        <Button variant="subtle" size="compact-sm" onClick={() => go('cards')}>
          {t('cardNews.more', { count: news.length - most })}
        </Button>
      ) : null}
    </Stack>
  );
}

function Notice({ news, isInChart }: { news: CardNewsQuery['cardNews'][number]; isInChart: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const { go } = useNavigation();
  const [note, { loading, error }] = useMutation(noteCardNews, { variables: { id: news.id }, refetchQueries: ['CardNews'] });
  const said = { clinic: news.clinicName, name: news.patientName, at: format.moment(news.at) };
  return (
    <Alert color="orange" radius={0} py="xs" icon={<IconId aria-hidden />}>
      <Group gap="md" justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" fw={600}>
            {t(`cardNews.change.${news.change}`, said)}
          </Text>
          <Text size="sm">{t('cardNews.hint', said)}</Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {isInChart ? null : (
            <Button size="compact-sm" variant="default" onClick={() => go('chart', news.patient)}>
              {t('cardNews.open')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            loading={loading}
            onClick={() => {
              // A refusal is shown below.
              note().then(
                () => announce(t('cardNews.noted')),
                () => undefined,
              );
            }}
          >
            {t('cardNews.note')}
          </Button>
        </Group>
      </Group>
      {error ? <ErrorNotice error={error} /> : null}
    </Alert>
  );
}
