import { useMutation } from '@apollo/client/react';
import {
  Alert,
  Button,
  Checkbox,
  Code,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PURPOSES } from '../../../shared/consent/purpose.ts';
import type { NewFhirToken } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { makeFhirToken } from './program-documents.ts';

/** Gives one program a token, which is shown once. */
export function MakeToken({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation();
  const [make, { data, loading, error }] = useMutation(makeFhirToken);
  const secret = data?.makeFhirToken.secret;
  return (
    <Modal opened onClose={onClose} title={t('programs.make')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      {secret === undefined ? (
        <TokenForm
          onClose={onClose}
          loading={loading}
          error={error}
          onMake={async (program) => {
            // The refusal is shown in the form.
            if (await make({ variables: { program } }).catch(() => undefined)) onMade();
          }}
        />
      ) : (
        <Secret secret={secret} onClose={onClose} />
      )}
    </Modal>
  );
}

interface TokenFormProps {
  readonly onClose: () => void;
  /** Ends when the token is made or was refused. */
  readonly onMake: (program: NewFhirToken) => Promise<void>;
  readonly loading: boolean;
  readonly error: unknown;
}

function TokenForm({ onClose, onMake, loading, error }: TokenFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState('user/*.rs');
  const [purpose, setPurpose] = useState<string | null>('TREAT');
  const [patient, setPatient] = useState<string | null>(null);
  const [days, setDays] = useState<number | string>(30);
  const [network, setNetwork] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const isForOne = scopes.trimStart().startsWith('patient/');

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const asked = { name, scopes, purpose: purpose ?? '', patient: isForOne ? patient : null, days: Number(days) };
    await onMake({ ...asked, network, passphrase });
    setPassphrase('');
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t('programs.makeExplained')}</Text>
        <TextInput
          label={t('programs.name')}
          description={t('programs.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={34}
          data-autofocus
          required
        />
        <TextInput
          label={t('programs.scopes')}
          description={t('programs.scopesHint')}
          value={scopes}
          onChange={(event) => setScopes(event.currentTarget.value)}
          spellCheck={false}
          required
        />
        {isForOne ? <PatientPicker label={t('programs.patient')} value={patient} onChange={setPatient} /> : null}
        <Group grow align="end">
          <Select
            label={t('programs.purpose')}
            data={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))}
            value={purpose}
            onChange={setPurpose}
            required
          />
          <NumberInput label={t('programs.days')} value={days} onChange={setDays} min={1} max={366} required />
        </Group>
        <Checkbox
          label={t('programs.forNetwork')}
          description={t('programs.forNetworkHint')}
          checked={network}
          onChange={(event) => setNetwork(event.currentTarget.checked)}
        />
        <PasswordInput
          label={t('programs.passphrase')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          required
        />
        <FormEnd error={error} onClose={onClose}>
          <Button type="submit" loading={loading} disabled={name.trim() === '' || passphrase === '' || (isForOne && !patient)}>
            {t('programs.makeAction')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}

/** The token, this once. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('programs.once')}>
        {t('programs.onceExplained')}
      </Alert>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('programs.done')}</Button>
      </Group>
    </Stack>
  );
}
