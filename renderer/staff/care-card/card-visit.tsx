import { useApolloClient } from '@apollo/client/react';
import { Button, Checkbox, Modal, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardShareInput, Category, ShowCareCardMutation, ShownCard } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { cardShareText, shareByCard, showCareCard } from './card-documents.ts';
import { Asking, CardFields, NO_CARD } from './card-fields.tsx';
import { useAskAgain } from './use-ask-again.ts';

type Visitor = NonNullable<ShowCareCardMutation['showCareCard']>;

interface Reading {
  readonly share: CardShareInput;
  readonly text: string;
  readonly hash: string;
}

interface CardVisitProps {
  readonly onClose: () => void;
  readonly onShared: (patient: string) => void;
}

/** A patient of another clinic with their card: whose it is, what they choose to show here, and their signature. */
export function CardVisit({ onClose, onShared }: CardVisitProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [card, setCard] = useState<ShownCard>(NO_CARD);
  const [visitor, setVisitor] = useState<Visitor | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  if (reading)
    return (
      <PassphraseDialog
        opened
        title={t('consent.sign')}
        action={t('cardVisit.signAction')}
        size="xl"
        onClose={onClose}
        onConfirm={async (passphrase) => {
          const { share, hash } = reading;
          const { data } = await client.mutate({ mutation: shareByCard, variables: { share, textHash: hash, card, passphrase } });
          if (data) onShared(data.shareByCard);
        }}
      >
        <Text size="sm">{t('cardVisit.signExplained')}</Text>
        <ExactText label={t('consent.exactText')} text={reading.text} />
        <CardFields value={card} onChange={setCard} />
      </PassphraseDialog>
    );
  return (
    <Modal opened onClose={onClose} title={t('cardVisit.open')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      {visitor ? (
        <Choices visitor={visitor} onClose={onClose} onRead={setReading} />
      ) : (
        <ShowCard
          card={card}
          onCard={setCard}
          onClose={onClose}
          onShown={(shown) => {
            setVisitor(shown);
            // The PIN is typed again under the text that it signs.
            setCard({ ...card, pin: '' });
          }}
        />
      )}
    </Modal>
  );
}

interface ShowCardProps {
  readonly card: ShownCard;
  readonly onCard: (card: ShownCard) => void;
  readonly onClose: () => void;
  readonly onShown: (visitor: Visitor) => void;
}

function ShowCard({ card, onCard, onClose, onShown }: ShowCardProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  // What lies in the card's box comes with the next sync.
  const { ask, error, isAsking } = useAskAgain(async () => {
    const { data } = await client.mutate({ mutation: showCareCard, variables: { card }, fetchPolicy: 'no-cache' });
    return data?.showCareCard;
  }, onShown);
  return (
    <form onSubmit={ask}>
      <Stack gap="md">
        <Text size="sm">{t('cardVisit.explained')}</Text>
        <CardFields value={card} onChange={onCard} />
        <Asking isAsking={isAsking} error={error} onClose={onClose}>
          <Button type="submit" loading={isAsking} disabled={card.code === '' || card.pin === ''}>
            {t('cardVisit.show')}
          </Button>
        </Asking>
      </Stack>
    </form>
  );
}

const DAY = 86_400_000;
const periods = ['1', '7', '30'] as const;

function Choices({ visitor, onClose, onRead }: { visitor: Visitor; onClose: () => void; onRead: (reading: Reading) => void }) {
  const { t, i18n } = useTranslation();
  const client = useApolloClient();
  const format = useFormat();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const choices = visitor.categories.filter((category) => category !== 'IDENTITY');

  const read = async (): Promise<void> => {
    const starts = Date.now();
    const categories: Category[] = choices.filter((category) => chosen.includes(category));
    const share = { card: visitor.card, categories, starts, ends: starts + Number(days) * DAY, language: i18n.language };
    try {
      const { data } = await client.query({ query: cardShareText, variables: { share }, fetchPolicy: 'no-cache' });
      if (data) onRead({ share, ...data.cardShareText });
    } catch (refused) {
      setError(refused);
    }
  };

  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{visitor.name}</Text>
        <Text size="sm">
          {[format.recorded(visitor.birthDate), t('cardVisit.keptBy', { clinic: visitor.clinicName })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      <Checkbox.Group
        label={t('consent.categories')}
        description={t('consent.categoriesHint')}
        value={[...chosen]}
        onChange={setChosen}
        required
      >
        <SimpleGrid cols={3} mt="xs" spacing="xs">
          {choices.map((category) => (
            <Checkbox key={category} value={category} label={t(`category.${category}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Select
        label={t('cardVisit.forHowLong')}
        description={t('cardVisit.forHowLongHint')}
        data={periods.map((value) => ({ value, label: t('cardVisit.days', { count: Number(value) }) }))}
        value={days}
        onChange={setDays}
        required
      />
      <FormEnd error={error} onClose={onClose}>
        <Button onClick={read} disabled={chosen.length === 0 || days === null}>
          {t('consent.readText')}
        </Button>
      </FormEnd>
    </Stack>
  );
}
