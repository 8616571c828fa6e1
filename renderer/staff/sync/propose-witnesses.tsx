import { useMutation } from '@apollo/client/react';
import { Button, Checkbox, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quorumOf } from '../../../shared/ledger/checkpoint.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { proposeWitnesses } from './policy-documents.ts';
import type { Policy } from './region-policy.tsx';

interface Outsider {
  readonly name: string;
  readonly cosignKey: string;
}

/** Who may be chosen: who witnesses now, and the clinics that have offered to. */
const candidatesOf = ({ witnesses, offers }: Policy) => [
  ...witnesses,
  ...offers
    .filter(({ chain }) => witnesses.every(({ id }) => id !== chain))
    .map(({ chain, name, cosignKey }) => ({ id: chain, name, cosignKey, isOutside: false })),
];

/** The set as it is proposed: a clinic by its chain, a witness from outside by name and key. */
function proposedSet(chosen: ReturnType<typeof candidatesOf>, outsider: Outsider | undefined) {
  const known = chosen.map(({ id, isOutside, name, cosignKey }) =>
    isOutside ? { chain: '', name, cosignKey } : { chain: id, name: '', cosignKey: '' },
  );
  return outsider ? [...known, { chain: '', name: outsider.name.trim(), cosignKey: outsider.cosignKey.trim() }] : known;
}

/** A new witness set: of the clinics that witness or have offered to, and one more from outside. */
export function ProposeWitnesses({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation();
  const [propose, { loading, error }] = useMutation(proposeWitnesses);
  const [chosen, setChosen] = useState<readonly string[]>(policy.witnesses.map(({ id }) => id));
  const [outside, setOutside] = useState<Outsider>({ name: '', cosignKey: '' });
  const candidates = candidatesOf(policy);
  const isNamed = outside.name !== '';
  const count = chosen.length + (isNamed ? 1 : 0);
  const confirm = async (): Promise<void> => {
    const witnesses = proposedSet(
      candidates.filter(({ id }) => chosen.includes(id)),
      isNamed ? outside : undefined,
    );
    // The refusal is shown below.
    const done = await propose({ variables: { witnesses } }).catch(() => undefined);
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('policy.propose')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('policy.proposeExplained')}</Text>
        <Checkbox.Group value={[...chosen]} onChange={setChosen} label={t('policy.newSet')}>
          <Stack gap="xs" mt="xs">
            {candidates.map(({ id, name, cosignKey, isOutside }) => (
              <Checkbox
                key={id}
                value={id}
                label={`${name}${isOutside ? ` · ${t('policy.outside')}` : ''} · ${cosignKey.slice(0, 16)}`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          label={t('policy.outsideName')}
          description={t('policy.outsideHint')}
          value={outside.name}
          onChange={({ currentTarget }) => setOutside({ ...outside, name: currentTarget.value })}
        />
        {isNamed ? (
          <TextInput
            label={t('policy.outsideKey')}
            value={outside.cosignKey}
            onChange={({ currentTarget }) => setOutside({ ...outside, cosignKey: currentTarget.value })}
          />
        ) : null}
        {count > 0 ? <Quorum count={count} /> : null}
        <FormEnd error={error} onClose={onClose}>
          <Button loading={loading} disabled={count === 0} onClick={() => void confirm()}>
            {t('policy.sign')}
          </Button>
        </FormEnd>
      </Stack>
    </Modal>
  );
}

/** What a set of so many holds against. */
function Quorum({ count }: { count: number }) {
  const { t } = useTranslation();
  const liars = Math.floor((count - 1) / 3);
  return (
    <Text size="sm" aria-live="polite">
      {t(count < 4 ? 'policy.quorumSmall' : 'policy.quorum', { count, needed: quorumOf(count), liars })}
    </Text>
  );
}
