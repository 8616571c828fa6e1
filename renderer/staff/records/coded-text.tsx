import { Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExactObject } from './exact-json.ts';
import type { ResourceReader } from './forms/form-definition.ts';

/** Something said in words, with a code where the writer knows one. */
export interface CodedText {
  readonly words: string;
  readonly system: string;
  readonly code: string;
}

export const noCodedText: CodedText = { words: '', system: 'http://snomed.info/sct', code: '' };

export function codedConcept({ words, system, code }: CodedText): ExactObject {
  return { coding: code.trim() === '' ? undefined : [{ system, code: code.trim(), display: words.trim() }], text: words.trim() };
}

export function readCodedText(reader: ResourceReader, path: string): CodedText {
  return {
    words: reader.concept(path),
    system: reader.text(`${path}.coding[0].system`) || noCodedText.system,
    code: reader.text(`${path}.coding[0].code`),
  };
}

interface CodedTextFieldsProps {
  readonly label: string;
  readonly value: CodedText;
  readonly onChange: (change: Partial<CodedText>) => void;
  /** Code systems to choose from: their URI and their name. */
  readonly systems: Readonly<Record<string, string>>;
}

export function CodedTextFields({ label, value, onChange, systems }: CodedTextFieldsProps) {
  const { t } = useTranslation();
  const known = { ...systems, ...(value.system in systems ? {} : { [value.system]: value.system }) };
  return (
    <>
      <TextInput
        label={label}
        value={value.words}
        onChange={(event) => onChange({ words: event.currentTarget.value })}
        data-autofocus
        required
      />
      <Group grow align="flex-end">
        <Select
          label={t('write.codeSystem')}
          data={Object.entries(known).map(([uri, name]) => ({ value: uri, label: name }))}
          value={value.system}
          onChange={(system) => onChange({ system: system ?? noCodedText.system })}
          allowDeselect={false}
        />
        <TextInput
          label={t('write.code')}
          value={value.code}
          onChange={(event) => onChange({ code: event.currentTarget.value.trim() })}
          spellCheck={false}
        />
      </Group>
    </>
  );
}
