import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { SOAP_PARTS, type SoapTexts } from '../../../shared/fhir/soap-note.ts';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { noteTemplates, removeNoteTemplate, saveNoteTemplate } from './chart-documents.ts';

const textsOf = ({ subjective, objective, assessment, plan }: SoapTexts): SoapTexts => ({
  subjective,
  objective,
  assessment,
  plan,
});

interface NoteTemplateChoiceProps {
  /** What the note says now; a template takes the place of what nobody has written yet. */
  readonly texts: SoapTexts;
  readonly onChoose: (texts: SoapTexts) => void;
}

/** Begins a note with a template of the clinic; administrators make them from what the form says. */
export function NoteTemplateChoice({ texts, onChoose }: NoteTemplateChoiceProps) {
  const { t } = useTranslation();
  const { data } = useQuery(noteTemplates);
  const [keeping, setKeeping] = useState(false);
  const makes = mayDo(useSignedIn().role, 'staff.write');
  const known = data?.noteTemplates ?? [];
  const isUntouched = SOAP_PARTS.every(
    (part) => texts[part].trim() === '' || known.some((template) => template[part] === texts[part]),
  );
  if (known.length === 0 && !makes) return null;
  return (
    <Group align="flex-end" gap="xs">
      {known.length > 0 ? (
        <Select
          label={t('write.soap.template')}
          placeholder={t('write.soap.chooseTemplate')}
          description={isUntouched ? undefined : t('write.soap.templateTaken')}
          disabled={!isUntouched}
          data={known.map(({ name }) => name)}
          value={null}
          onChange={(name) => {
            const chosen = known.find((template) => template.name === name);
            if (chosen) onChoose(textsOf(chosen));
          }}
          flex={1}
        />
      ) : null}
      {makes ? (
        <Button variant="subtle" onClick={() => setKeeping(true)}>
          {t('write.soap.templates')}
        </Button>
      ) : null}
      {keeping ? <KeepTemplates known={known.map(({ name }) => name)} texts={texts} onClose={() => setKeeping(false)} /> : null}
    </Group>
  );
}

interface KeepTemplatesProps {
  readonly known: readonly string[];
  readonly texts: SoapTexts;
  readonly onClose: () => void;
}

/** The clinic's templates: a further one, and which of them go. */
function KeepTemplates({ known, texts, onClose }: KeepTemplatesProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [parts, setParts] = useState(textsOf(texts));
  const [save, saving] = useMutation(saveNoteTemplate, { refetchQueries: [noteTemplates] });
  const [remove, removing] = useMutation(removeNoteTemplate, { refetchQueries: [noteTemplates] });
  const isEmpty = SOAP_PARTS.every((part) => parts[part].trim() === '');
  const keep = async (): Promise<void> => {
    // The refusal is shown below.
    if (await save({ variables: { input: { name, ...parts } } }).catch(() => undefined)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('write.soap.templates')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('write.soap.templatesNote')}</Text>
        {known.map((each) => (
          <Group key={each} justify="space-between">
            <Text size="sm">{each}</Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={removing.loading}
              onClick={() => quietly(remove({ variables: { name: each } }).catch(() => undefined))}
            >
              {t('write.soap.removeTemplate', { name: each })}
            </Button>
          </Group>
        ))}
        <TextInput
          label={t('write.soap.templateName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {SOAP_PARTS.map((part) => (
          <Textarea
            key={part}
            label={t(`write.soap.${part}`)}
            value={parts[part]}
            onChange={(event) => setParts({ ...parts, [part]: event.currentTarget.value })}
            autosize
            minRows={2}
            maxRows={8}
          />
        ))}
        {(saving.error ?? removing.error) ? <ErrorNotice error={saving.error ?? removing.error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.close')}
          </Button>
          <Button loading={saving.loading} disabled={name.trim() === '' || isEmpty} onClick={() => quietly(keep())}>
            {t('write.soap.keepTemplate')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
