/** Giving a consent: the choices, none of them made beforehand, then the exact text and one signature. */
import { useLazyQuery, useMutation, useQuery } from '@apollo/client/react';
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import type { MyRecipientsQuery, OwnConsentPartsFragment, OwnConsentWish } from '../../generated/kiosk/graphql.ts';
import { useCategory, usePurpose } from '../check-in/code-words.ts';
import { Choice, endOf, Missing, OneOf, Part, type Period, PeriodChoice } from '../choices.tsx';
import { KioskPage, Refused, ScreenTitle, Unanswered, Waiting } from '../kiosk-parts.tsx';
import { ReadAndSign } from './signed-text.tsx';

const myRecipients = graphql(`
  query MyRecipients {
    recipients {
      chain
      name
      research
    }
  }
`);
const consentToRead = graphql(`
  query ConsentToRead($wish: OwnConsentWish!) {
    consentText(wish: $wish) {
      text
      language
      hash
    }
  }
`);
const giveMyConsent = graphql(`
  mutation GiveMyConsent($wish: OwnConsentWish!, $hash: ID!) {
    giveConsent(wish: $wish, hash: $hash) {
      ...OwnConsentParts
    }
  }
`);

type Recipient = MyRecipientsQuery['recipients'][number];

/** Identity goes with every consent: the text says so. */
const CATEGORIES = ['clinical', 'medication', 'sensitive', 'genomic', 'telemedicine', 'device', 'research', 'emergency'] as const;
const CARE = ['TREAT', 'PATRQT', 'PUBHLTH'] as const;

interface Choices {
  readonly recipient: Recipient | undefined;
  readonly categories: readonly string[];
  readonly purpose: string | undefined;
  readonly period: Period | undefined;
}

const NOTHING: Choices = { recipient: undefined, categories: [], purpose: undefined, period: undefined };

export function GiveConsent({ onGiven }: { onGiven: (consent: OwnConsentPartsFragment) => void }) {
  const { t, i18n } = useTranslation('kiosk');
  const [choices, setChoices] = useState(NOTHING);
  const [wish, setWish] = useState<OwnConsentWish | undefined>();
  const [ask, asked] = useLazyQuery(consentToRead);
  const [give, given] = useMutation(giveMyConsent);
  const text = wish && asked.data?.consentText;
  if (asked.loading || given.loading) return <Waiting />;
  if (!text)
    return (
      <Choosing
        choices={choices}
        error={asked.error}
        onChoose={(part) => setChoices({ ...choices, ...part })}
        onNext={({ recipient, purpose, period, categories }) => {
          const next: OwnConsentWish = {
            recipient: recipient.chain,
            categories: [...categories],
            purpose,
            ends: endOf(period),
            language: i18n.language,
          };
          setWish(next);
          ask({ variables: { wish: next } }).catch(() => undefined);
        }}
      />
    );
  const sign = (): void => {
    give({ variables: { wish, hash: text.hash } }).then(
      ({ data }) => data && onGiven(data.giveConsent),
      () => undefined,
    );
  };
  return (
    <ReadAndSign
      title={t('consents.give')}
      text={text.text}
      language={text.language}
      means={t('give.voluntary')}
      error={given.error}
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
  readonly onNext: (choices: { [Name in keyof Choices]: NonNullable<Choices[Name]> }) => void;
}

function Choosing({ choices, error, onChoose, onNext }: ChoosingProps) {
  const { t } = useTranslation('kiosk');
  const category = useCategory();
  const purposeName = usePurpose();
  const [missing, setMissing] = useState(false);
  const asked = useQuery(myRecipients);
  if (asked.error || !asked.data) return <Unanswered asked={asked} />;
  const { recipients } = asked.data;
  const { recipient, categories, purpose, period } = choices;
  const next = (): void => {
    setMissing(!recipient || !purpose || !period || categories.length === 0);
    if (recipient && purpose && period && categories.length > 0) onNext({ recipient, categories, purpose, period });
  };
  if (recipients.length === 0)
    return (
      <KioskPage>
        <ScreenTitle>{t('give.title')}</ScreenTitle>
        <Text>{t('give.noRecipients')}</Text>
      </KioskPage>
    );
  return (
    <KioskPage key="choosing">
      <ScreenTitle>{t('give.title')}</ScreenTitle>
      <Text>{t('give.voluntary')}</Text>
      <OneOf
        title={t('consents.who')}
        offered={recipients.map(({ chain, name }) => [chain, name])}
        chosen={recipient?.chain}
        onChoose={(chosen) => {
          const one = recipients.find(({ chain }) => chain === chosen);
          onChoose({ recipient: one, ...(one && purpose && fits(one, purpose) ? {} : { purpose: undefined }) });
        }}
      />
      <Part title={t('consents.what')} hint={t('give.chooseWhat')}>
        {CATEGORIES.map((code) => (
          <Choice key={code} label={category(code)}>
            <Checkbox
              checked={categories.includes(code)}
              onChange={({ currentTarget: { checked } }) =>
                onChoose({ categories: checked ? [...categories, code] : categories.filter((other) => other !== code) })
              }
              aria-label={category(code)}
            />
          </Choice>
        ))}
      </Part>
      {recipient ? (
        <OneOf
          title={t('consents.why')}
          offered={purposesOf(recipient).map((code) => [code, purposeName(code)])}
          chosen={purpose}
          onChoose={(code) => onChoose({ purpose: code })}
        />
      ) : null}
      <PeriodChoice chosen={period} onChoose={(name) => onChoose({ period: name })} />
      {missing ? <Missing /> : null}
      {error ? <Refused error={error} /> : null}
      <Group>
        <Button variant="filled" onClick={next}>
          {t('give.next')}
        </Button>
      </Group>
    </KioskPage>
  );
}

const purposesOf = ({ research }: Recipient): readonly string[] => (research ? ['HRESCH'] : CARE);
const fits = (recipient: Recipient, purpose: string): boolean => purposesOf(recipient).includes(purpose);
