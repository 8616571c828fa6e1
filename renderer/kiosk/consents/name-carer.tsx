/** Naming somebody who acts for who is checked in: their card, the choices, none of them made beforehand, then the exact text and one signature. */
import { useLazyQuery, useMutation } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CARERS } from '../../../shared/care-card/guardian-text.ts';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { CarerWish } from '../../generated/kiosk/graphql.ts';
import { CardStep } from '../check-in/card-step.tsx';
import { endOf, Missing, OneOf, type Period, PeriodChoice } from '../choices.tsx';
import { KioskPage, Refused, ScreenTitle, Waiting } from '../kiosk-parts.tsx';
import { ReadAndSign } from './signed-text.tsx';

const carerToRead = graphql(`
  query CarerToRead($wish: CarerWish!) {
    carerText(wish: $wish) {
      text
      language
      hash
    }
  }
`);
const nameMyCarer = graphql(`
  mutation NameMyCarer($wish: CarerWish!, $hash: ID!) {
    nameCarer(wish: $wish, hash: $hash) {
      id
    }
  }
`);

type YesOrNo = 'yes' | 'no';

interface Choices {
  readonly relationship: string | undefined;
  readonly consents: YesOrNo | undefined;
  readonly complains: YesOrNo | undefined;
  readonly period: Period | undefined;
}

const NOTHING: Choices = { relationship: undefined, consents: undefined, complains: undefined, period: undefined };

export function NameCarer({ onNamed, onKeep }: { onNamed: () => void; onKeep: () => void }) {
  const { t, i18n } = useTranslation('kiosk');
  const [card, setCard] = useState<string | undefined>();
  const [choices, setChoices] = useState(NOTHING);
  const [wish, setWish] = useState<CarerWish | undefined>();
  // Nothing of the other person's card stays in the page.
  const [ask, asked] = useLazyQuery(carerToRead, { fetchPolicy: 'no-cache' });
  const [name, named] = useMutation(nameMyCarer, { fetchPolicy: 'no-cache' });
  const text = wish && asked.data?.carerText;
  if (card === undefined)
    return (
      <CardStep title={t('naming.cardTitle')} explain={t('naming.cardExplain')} onCard={setCard}>
        <Button onClick={onKeep}>{t('acting.keep')}</Button>
      </CardStep>
    );
  if (asked.loading || named.loading) return <Waiting />;
  if (!text)
    return (
      <Choosing
        choices={choices}
        error={asked.error}
        onChoose={(part) => setChoices({ ...choices, ...part })}
        onCard={() => setCard(undefined)}
        onNext={({ relationship, consents, complains, period }) => {
          const next: CarerWish = {
            card,
            relationship,
            mayConsent: consents === 'yes',
            mayComplain: complains === 'yes',
            ends: endOf(period),
            language: i18n.language,
          };
          setWish(next);
          ask({ variables: { wish: next } }).catch(() => undefined);
        }}
      />
    );
  const sign = (): void => {
    name({ variables: { wish, hash: text.hash } }).then(onNamed, () => undefined);
  };
  return (
    <ReadAndSign
      title={t('naming.title')}
      text={text.text}
      language={text.language}
      means={t('naming.after')}
      error={named.error}
      onSign={sign}
      back={t('give.change')}
      onBack={() => setWish(undefined)}
    />
  );
}

interface ChoosingProps {
  readonly choices: Choices;
  readonly error: unknown;
  readonly onChoose: (part: Partial<Choices>) => void;
  /** Another card. */
  readonly onCard: () => void;
  readonly onNext: (choices: { [Name in keyof Choices]: NonNullable<Choices[Name]> }) => void;
}

function Choosing({ choices, error, onChoose, onCard, onNext }: ChoosingProps) {
  const { t } = useTranslation('kiosk');
  const [missing, setMissing] = useState(false);
  const { relationship, consents, complains, period } = choices;
  const next = (): void => {
    setMissing(!relationship || !consents || !complains || !period);
    if (relationship && consents && complains && period) onNext({ relationship, consents, complains, period });
  };
  const answers = [
    ['yes', t('naming.yes')],
    ['no', t('naming.no')],
  ] as const;
  return (
    <KioskPage key="choosing">
      <ScreenTitle>{t('naming.title')}</ScreenTitle>
      <Text>{t('naming.explain')}</Text>
      <OneOf
        title={t('naming.who')}
        offered={CARERS.map((code) => [code, t(`naming.relationships.${code}`)])}
        chosen={relationship as (typeof CARERS)[number] | undefined}
        onChoose={(code) => onChoose({ relationship: code })}
      />
      <OneOf
        title={t('naming.consents')}
        offered={answers}
        chosen={consents}
        onChoose={(answer) => onChoose({ consents: answer })}
      />
      <OneOf
        title={t('naming.complains')}
        offered={answers}
        chosen={complains}
        onChoose={(answer) => onChoose({ complains: answer })}
      />
      <PeriodChoice chosen={period} onChoose={(each) => onChoose({ period: each })} />
      {missing ? <Missing /> : null}
      {error ? <Refused error={error} /> : null}
      <Group>
        <Button variant="filled" onClick={next}>
          {t('give.next')}
        </Button>
        <Button onClick={onCard}>{t('naming.otherCard')}</Button>
      </Group>
    </KioskPage>
  );
}
