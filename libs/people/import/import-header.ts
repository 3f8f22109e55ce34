import { COLUMNS, type Column } from './import-row.js';

/** The position of each column. */
export interface Header {
  /** The number of cells in a row. */
  readonly size: number;
  readonly places: Readonly<Record<Column, number>>;
}

/** Why a header is rejected: the column as named in the file, or null for the whole line. */
export interface HeaderError {
  readonly column: string | null;
  readonly message: string;
}

/** Names of the columns in exports of HR systems in several languages, in the form of {@link simplified}. */
const SYNONYMS: Readonly<Record<Column, readonly string[]>> = {
  external_id: [
    'externalid id personid personnelnumber personnelid employeeid employeenumber employeeno employeecode staffid staffnumber',
    'workerid userid payrollid associateid mitarbeiterid mitarbeiternummer mitarbeiternr personalnummer personalnr personnummer',
    'personalid pernr matricule identifiant idempleado numerodeempleado matricola',
  ],
  email: [
    'emailaddress emailadresse mail workemail workemailaddress businessemail businessemailaddress companyemail primaryemail',
    'officialemail dienstlicheemail geschaftlicheemail emailgeschaftlich courriel adressemail adresseemail correo correoelectronico',
    'userprincipalname',
  ],
  name: [
    'fullname displayname employeename employee worker workername personname legalname preferredname vollstandigername',
    'mitarbeiter mitarbeitername vorundnachname nom nomcomplet nombre nombrecompleto',
  ],
  title: [
    'jobtitle position positiontitle role jobrole jobname businesstitle titel stelle stellenbezeichnung berufsbezeichnung',
    'funktion intitule poste puesto cargo',
  ],
  department: [
    'departmentname dept deptname team teamname orgunit organizationunit organisationunit division businessunit costcenter',
    'abteilung abteilungsname bereich organisationseinheit kostenstelle departement service departamento',
  ],
  location: [
    'locationname office officelocation site worklocation workplace city standort buro niederlassung arbeitsort dienstort ort',
    'lieu site bureau ubicacion oficina',
  ],
  manager_external_id: [
    'managerexternalid managerid manageremployeeid manageremployeenumber managerpersonid managernumber manager managername',
    'manageremail reportsto reportstoid supervisor supervisorid linemanager linemanagerid vorgesetzter vorgesetzte vorgesetztenid',
    'vorgesetzterid fuhrungskraft fuhrungskraftid responsable responsableid jefe idjefe',
  ],
  hired_on: [
    'hiredon hiredate hiredat dateofhire originalhiredate startdate startedon employmentstartdate employmentstart joindate',
    'joiningdate dateofjoining dateofentry eintritt eintrittsdatum eintrittam beginn dateembauche datedentree fechadealta',
    'fechadecontratacion',
  ],
  left_on: [
    'lefton leftat leavedate leavingdate dateofleaving enddate endedon employmentenddate employmentend terminationdate',
    'dateoftermination lastday lastworkingday lastdayofwork exitdate austritt austrittsdatum austrittam ende datedesortie',
    'datedepart fechadebaja',
  ],
};

const COLUMN_OF = new Map<string, Column>(
  COLUMNS.flatMap((column) =>
    SYNONYMS[column].flatMap((words) => words.split(' ').map((word) => [word, column] as const)),
  ),
);

/** Separators of columns, by name. */
const SEPARATORS = [',', ';', '\t', '|'];

/** Lower case, without accents and everything but letters and digits: "E-Mail Adresse" and "emailadresse" are equal. */
function simplified(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name);
}

/** The column that a heading probably means. */
function probableColumn(name: string): Column | undefined {
  const words = simplified(name);
  return COLUMN_OF.get(words) ?? COLUMNS.find((column) => simplified(column) === words);
}

/** A line at the beginning that tells Excel the separator. */
const SEPARATOR_LINE = /^"?sep=(\t|[^\p{L}\p{N}\s"])"?$/iu;

/** The separator that a first line like `sep=;` names; undefined for any other line. */
export function namedSeparator(line: string): string | undefined {
  return SEPARATOR_LINE.exec(line)?.[1];
}

/** The separator with which the line names the most columns of a people file; a comma if several are equal. */
export function separatorOf(line: string): string {
  const known = (separator: string): number =>
    line
      .split(separator)
      .map((cell) => cell.replaceAll('"', '').trim().toLowerCase())
      .filter((name) => isColumn(name) || probableColumn(name) !== undefined).length;
  return SEPARATORS.reduce((best, separator) => (known(separator) > known(best) ? separator : best), ',');
}

/**
 * Reads the names of the columns. Unnamed columns at the end are ignored.
 *
 * @param refuse called with each error
 * @returns undefined after an error, because the rows cannot be read without a header
 */
export function readHeader(
  cells: readonly string[],
  refuse: (error: HeaderError) => void,
): Header | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  while (names.length > 1 && names.at(-1) === '') names.pop();
  const refused: HeaderError[] = [];
  const error = (column: string | null, message: string): void => {
    refused.push({ column: column === null ? null : shortened(column), message });
  };
  if (names.length === 1 && names[0] === '') {
    error(null, 'The first line is empty: it must name the columns.');
  } else if (/[\0\uFFFD]/.test(names.join(''))) {
    error(null, 'The file is not in UTF-8: save it as "CSV UTF-8".');
  } else if (!names.some((name) => isColumn(name) || probableColumn(name) !== undefined)) {
    error(null, `The first line must name the columns of a people file: ${COLUMNS.join(', ')}.`);
  } else {
    const meant = new Set<Column>();
    names.forEach((name, index) => {
      if (isColumn(name)) {
        if (names.indexOf(name) !== index) error(name, 'must not be in the header twice.');
        return;
      }
      const column = probableColumn(name);
      if (name === '') {
        error(null, `Column ${String(index + 1)} has no name.`);
      } else if (column !== undefined && !names.includes(column) && !meant.has(column)) {
        meant.add(column);
        error(cells[index]?.trim() ?? name, `is probably the column ${column}: rename it.`);
      } else {
        error(name, `is not a column of a people file: ${COLUMNS.join(', ')}.`);
      }
    });
    // A column that probably has a different name is not reported as missing too.
    for (const column of COLUMNS) {
      if (!names.includes(column) && !meant.has(column)) error(column, 'is missing: add the column.');
    }
  }
  refused.forEach(refuse);
  if (refused.length > 0) return undefined;
  const places = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)]));
  return { size: names.length, places: places as Record<Column, number> };
}

/** Limits the length of a heading that is quoted in an error. */
function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}
