import { COLUMNS, type Column } from './import-row.js';

/** Where each column is. */
export interface Header {
  /** How many cells a row has. */
  readonly size: number;
  readonly places: Readonly<Record<Column, number>>;
}

/** Why a header is refused: the column as the file names it, or null for the line as a whole. */
export interface HeaderError {
  readonly column: string | null;
  readonly message: string;
}

/** What other systems call our columns, in the form of {@link simplified}: as exported from HR systems in several languages. */
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

/** The separator with which the line names the most columns of a people file; the comma if that decides nothing. */
export function separatorOf(line: string): string {
  const known = (separator: string): number =>
    line
      .split(separator)
      .map((cell) => cell.replaceAll('"', '').trim().toLowerCase())
      .filter((name) => isColumn(name) || probableColumn(name) !== undefined).length;
  return SEPARATORS.reduce((best, separator) => (known(separator) > known(best) ? separator : best), ',');
}

/**
 * Reads the names of the columns. Columns at the end without a name are left out.
 *
 * @param refuse called with each error
 * @returns undefined after an error, since the rows mean nothing then
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
    error(null, `The first line names none of the columns of a people file: ${COLUMNS.join(', ')}.`);
  } else {
    const meant = new Set<Column>();
    names.forEach((name, index) => {
      if (isColumn(name)) {
        if (names.indexOf(name) !== index) error(name, 'is named twice.');
        return;
      }
      const column = probableColumn(name);
      if (name === '') {
        error(null, `Column ${String(index + 1)} has no name.`);
      } else if (column !== undefined && !names.includes(column) && !meant.has(column)) {
        meant.add(column);
        error(cells[index]?.trim() ?? name, `is probably ${column}: rename the column.`);
      } else {
        error(name, `is not a column of a people file: ${COLUMNS.join(', ')}.`);
      }
    });
    // One that is probably there under another name is not missing as well.
    for (const column of COLUMNS) {
      if (!names.includes(column) && !meant.has(column)) error(column, 'is missing.');
    }
  }
  refused.forEach(refuse);
  if (refused.length > 0) return undefined;
  const places = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)]));
  return { size: names.length, places: places as Record<Column, number> };
}

/** A heading may be anything, and is repeated in an error. */
function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100)}…` : name;
}
