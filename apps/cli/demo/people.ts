import type { Days } from './calendar.js';

/**
 * Quince & Gander builds cargo bicycles: drawn in Leipzig, welded and assembled in Porto, kept going from Nairobi, sold and
 * lived with from Montréal and Osaka, with software from Bengaluru. Nobody in it exists.
 */
export const COMPANY = {
  name: 'Quince & Gander',
  timeZone: 'Europe/Lisbon',
  /** Reserved for examples (RFC 2606): no mail ever reaches it. */
  domain: 'quince-gander.example',
} as const;

export const LOCATIONS = {
  porto: { name: 'Porto', timeZone: 'Europe/Lisbon' },
  leipzig: { name: 'Leipzig', timeZone: 'Europe/Berlin' },
  nairobi: { name: 'Nairobi', timeZone: 'Africa/Nairobi' },
  montreal: { name: 'Montréal', timeZone: 'America/Toronto' },
  osaka: { name: 'Osaka', timeZone: 'Asia/Tokyo' },
  bengaluru: { name: 'Bengaluru', timeZone: 'Asia/Kolkata' },
} as const;

export const DEPARTMENTS = {
  office: 'Company office',
  people: 'People and learning',
  finance: 'Finance and purchasing',
  engineering: 'Design and engineering',
  production: 'Production',
  service: 'Service and repair',
  customers: 'Shops and customers',
  software: 'Software',
} as const;

export interface DemoPerson {
  readonly name: string;
  readonly title: string;
  readonly department: keyof typeof DEPARTMENTS;
  readonly location: keyof typeof LOCATIONS;
  readonly joined: Days;
  /** The last day of employment. */
  readonly leaves?: Days;
  /** A time zone that differs from the location's, set by the person. */
  readonly timeZone?: string;
  /** Invited, and has not signed in yet. */
  readonly invited?: true;
}

function years(count: number, days = 0): Days {
  return -Math.round(count * 365.25) - days;
}

function who(
  name: string,
  title: string,
  department: DemoPerson['department'],
  location: DemoPerson['location'],
  joined: Days,
  more: Pick<DemoPerson, 'leaves' | 'timeZone' | 'invited'> = {},
): DemoPerson {
  return { name, title, department, location, joined, ...more };
}

/** By their keys, which are also the local parts of their addresses. */
export const PEOPLE = {
  // The company office
  ines: who('Inês Carvalhal', 'Chief executive', 'office', 'porto', years(11, 40)),
  matthias: who('Matthias Okafor-Brandt', 'Chief of staff', 'office', 'leipzig', years(6, 12)),
  rosalind: who('Rosalind Achterberg', 'Data protection officer', 'office', 'leipzig', years(4, 90)),

  // People and learning
  sunniva: who('Sunniva Dahl', 'Head of people', 'people', 'leipzig', years(5, 77)),
  lucia: who('Lucía Ferreyra', 'People partner', 'people', 'porto', years(3, 201)),
  tomasz: who('Tomasz Wierzbicki', 'People analyst', 'people', 'leipzig', years(2, 30)),
  naledi: who('Naledi Mokoena', 'Apprenticeships and learning', 'people', 'nairobi', years(1, 300)),

  // Finance and purchasing
  adaeze: who('Adaeze Okonkwo', 'Head of finance', 'finance', 'porto', years(7, 18)),
  goncalo: who('Gonçalo Antunes', 'Controller', 'finance', 'porto', years(8, 222)),
  mirela: who('Mirela Petrović', 'Accountant', 'finance', 'porto', years(2, 110)),
  hanneke: who('Hanneke de Wit', 'Payroll and invoices', 'finance', 'leipzig', years(9, 60)),
  rui: who('Rui Salgado', 'Lead, purchasing', 'finance', 'porto', years(4, 4)),

  // Design and engineering
  friederike: who(
    'Friederike Vogt',
    'Head of design and engineering',
    'engineering',
    'leipzig',
    years(10, 200),
  ),
  dmytro: who('Dmytro Kovalenko', 'Head of frame and drive', 'engineering', 'leipzig', years(6, 150)),
  oluwaseun: who('Oluwaseun Adeyemi', 'Lead, frames', 'engineering', 'leipzig', years(4, 250)),
  leonie: who('Leonie Ahrens', 'Frame engineer', 'engineering', 'leipzig', years(2, 357)),
  quang: who('Nguyễn Minh Quang', 'Frame engineer', 'engineering', 'leipzig', years(1, 75)),
  salma: who('Salma Haddad', 'Materials engineer', 'engineering', 'leipzig', years(3, 15)),
  aino: who('Aino Lehtinen', 'Lead, drive and brakes', 'engineering', 'leipzig', years(5, 5)),
  rafael: who('Rafael Quiroga', 'Brake engineer', 'engineering', 'leipzig', years(2, 190)),
  yuki: who('Yuki Tanabe (田辺 優希)', 'Drive engineer', 'engineering', 'osaka', years(3, 120)),
  greta: who('Greta Lindqvist', 'Test rig engineer', 'engineering', 'leipzig', years(7, 99)),
  pascal: who('Pascal Nzeyimana', 'Head of industrial design', 'engineering', 'leipzig', years(5, 310)),
  hyunwoo: who('Seo Hyun-woo', 'Industrial designer', 'engineering', 'leipzig', years(1, 330)),
  clementine: who('Clémentine Aubry', 'Colour and material designer', 'engineering', 'leipzig', years(2, 80)),

  // Production
  joaquim: who('Joaquim Bastos', 'Head of production', 'production', 'porto', years(11, 20)),
  beatriz: who('Beatriz Lourenço', 'Plant manager', 'production', 'porto', years(8, 140)),
  amadou: who('Amadou Diallo', 'Shift lead, welding', 'production', 'porto', years(6, 280)),
  ivo: who('Ivo Pacheco', 'Welder', 'production', 'porto', years(5, 201)),
  fatoumata: who('Fatoumata Baldé', 'Welder', 'production', 'porto', years(2, 260)),
  celeste: who('Celeste Ramalho', 'Apprentice welder', 'production', 'porto', -322),
  bogdan: who('Bogdan Ionescu', 'Shift lead, assembly', 'production', 'porto', years(4, 170)),
  marisol: who('Marisol Cáceres', 'Assembler', 'production', 'porto', years(3, 44)),
  teodoro: who('Teodoro Simões', 'Assembler', 'production', 'porto', years(10, 310), { leaves: 75 }),
  jyoti: who('Jyoti Thapa', 'Assembler', 'production', 'porto', years(1, 20)),
  catarina: who('Catarina Moutinho', 'Quality', 'production', 'porto', years(5, 61)),
  noor: who('Noor van Rijn', 'Lead, planning and logistics', 'production', 'porto', years(3, 88)),
  abel: who('Abel Gebremariam', 'Logistics', 'production', 'porto', years(2, 12)),

  // Service and repair
  wanjiru: who('Wanjirũ Kamau', 'Head of service and repair', 'service', 'nairobi', years(6, 33)),
  otieno: who("Otieno Ochieng'", 'Lead, Nairobi workshop', 'service', 'nairobi', years(5, 12)),
  achieng: who('Achieng Odhiambo', 'Mechanic', 'service', 'nairobi', years(3, 130)),
  baraka: who('Baraka Mwangi', 'Apprentice mechanic', 'service', 'nairobi', -280),
  zawadi: who('Zawadi Njoroge', 'Parts and returns', 'service', 'nairobi', years(2, 222)),
  henrik: who('Henrik Solberg', 'Lead, service Europe', 'service', 'leipzig', years(5, 130), { leaves: -41 }),
  johanna: who('Johanna Seidel', 'Lead, service Europe', 'service', 'leipzig', years(4, 55)),
  emre: who('Emre Yıldırım', 'Service technician', 'service', 'leipzig', years(2, 17)),
  siobhan: who('Siobhán Kelleher', 'Service desk', 'service', 'leipzig', years(1, 260)),

  // Shops and customers
  etienne: who('Étienne Lavoie', 'Head of shops and customers', 'customers', 'montreal', years(5, 280)),
  noemie: who('Noémie Tremblay', 'Lead, shops North America', 'customers', 'montreal', years(4, 31)),
  desmond: who('Desmond Achebe-Clarke', 'Shop manager', 'customers', 'montreal', years(2, 144)),
  xiomara: who('Xiomara Reyes', 'Customer stories', 'customers', 'montreal', years(3, 5)),
  kenji: who('Kenji Morimoto (森本 健司)', 'Lead, Japan', 'customers', 'osaka', years(4, 210)),
  sayaka: who('Sayaka Fujita (藤田 さやか)', 'Shop manager', 'customers', 'osaka', years(2, 66)),
  takumi: who('Takumi Ōnishi (大西 匠)', 'Shop mechanic', 'customers', 'osaka', years(1, 111)),
  aroha: who('Aroha Tamihana', 'Partner shops', 'customers', 'osaka', years(1, 190), {
    timeZone: 'Pacific/Auckland',
  }),

  // Software
  ananya: who('Ananya Iyer', 'Head of software', 'software', 'bengaluru', years(5, 35)),
  vikram: who('Vikram Shetty', 'Lead, fleet software', 'software', 'bengaluru', years(4, 100)),
  meera: who('Meera Krishnan', 'Software developer', 'software', 'bengaluru', years(3, 70)),
  farhan: who('Farhan Siddiqui', 'Software developer', 'software', 'bengaluru', years(1, 14)),
  lobsang: who('Lobsang Dorje', 'Data engineer', 'software', 'bengaluru', years(2, 44)),
  eszter: who('Eszter Balogh', 'Firmware developer', 'software', 'leipzig', years(3, 180)),
  ximena: who('Ximena Paredes', 'Software developer', 'software', 'bengaluru', -2, {
    timeZone: 'America/Lima',
    invited: true,
  }),

  // Production: the lines of the plant in Porto
  helder: who('Hélder Figueira', 'Lead, early shift of welding', 'production', 'porto', years(7, 290)),
  oksana: who('Oksana Marchenko', 'Lead, late shift of welding', 'production', 'porto', years(3, 2)),
  tendai: who('Tendai Chikowore', 'Lead, line one', 'production', 'porto', years(4, 184)),
  rosario: who('Rosário Vilela', 'Lead, line two', 'production', 'porto', years(6, 17)),
  ardit: who('Ardit Kelmendi', 'Lead, paint', 'production', 'porto', years(6, 127)),
  zeynep: who('Zeynep Aksoy', 'Lead, wheels', 'production', 'porto', years(5, 299)),
  mamadou: who('Mamadou Sarr', 'Lead, boxes and loading beds', 'production', 'porto', years(5, 53)),
  filipa: who('Filipa Rebelo', 'Lead, warehouse', 'production', 'porto', years(2, 12)),
  nuno: who('Nuno Caldeira', 'Welder', 'production', 'porto', years(3, 51)),
  ibrahima: who('Ibrahima Touré', 'Welder', 'production', 'porto', years(5, 84)),
  ludmila: who('Ludmila Ursu', 'Welder', 'production', 'porto', years(4, 296)),
  tiago: who('Tiago Brandão', 'Welder', 'production', 'porto', years(6, 154)),
  kofi: who('Kofi Asante-Mills', 'Welder', 'production', 'porto', years(2, 144)),
  graca: who('Graça Monteiro', 'Welder', 'production', 'porto', years(2, 49)),
  danylo: who('Danylo Bondar', 'Welder', 'production', 'porto', years(3, 257)),
  sekou: who('Sékou Camara', 'Welder', 'production', 'porto', years(6, 106)),
  armando: who('Armando Teles', 'Welder', 'production', 'porto', years(5, 86)),
  petra: who('Petra Novotná', 'Welder', 'production', 'porto', years(5, 27)),
  lidia: who('Lídia Quaresma', 'Assembler', 'production', 'porto', years(3, 49)),
  rashid: who('Rashid Karimov', 'Assembler', 'production', 'porto', years(5, 119)),
  alma: who('Alma Gutiérrez', 'Assembler', 'production', 'porto', years(2, 42)),
  wiktor: who('Wiktor Zając', 'Assembler', 'production', 'porto', years(6, 89)),
  fernanda: who('Fernanda Leiria', 'Assembler', 'production', 'porto', years(2, 288)),
  babak: who('Babak Farrokhi', 'Assembler', 'production', 'porto', years(5, 121)),
  vasco: who('Vasco Pimentel', 'Assembler', 'production', 'porto', years(5, 270)),
  mehwish: who('Mehwish Anwar', 'Assembler', 'production', 'porto', years(7, 33)),
  anselmo: who('Anselmo Duarte', 'Assembler', 'production', 'porto', years(7, 191)),
  yara: who('Yara Khoury', 'Assembler', 'production', 'porto', years(5, 221)),
  stoyan: who('Stoyan Dimitrov', 'Assembler', 'production', 'porto', years(7, 74)),
  carmo: who('Carmo Seabra', 'Assembler', 'production', 'porto', years(5, 211)),
  benedita: who('Benedita Froes', 'Painter', 'production', 'porto', years(6, 92)),
  luan: who('Luan Teixeira', 'Painter', 'production', 'porto', years(3, 116)),
  doina: who('Doina Rusu', 'Painter', 'production', 'porto', years(7, 154)),
  samba: who('Samba Ndiaye', 'Painter', 'production', 'porto', years(2, 186)),
  irina: who('Irina Volkova', 'Painter', 'production', 'porto', years(4, 33)),
  xavier: who('Xavier Arrieta', 'Wheel builder', 'production', 'porto', years(4, 105)),
  duarte: who('Duarte Noronha', 'Wheel builder', 'production', 'porto', years(4, 176)),
  hafsa: who('Hafsa Rahmani', 'Wheel builder', 'production', 'porto', years(5, 246)),
  milos: who('Miloš Jovanov', 'Wheel builder', 'production', 'porto', years(3, 74)),
  odete: who('Odete Camacho', 'Wheel builder', 'production', 'porto', years(6, 78)),
  sergio: who('Sérgio Valente', 'Joiner', 'production', 'porto', years(7, 100)),
  nia: who('Nia Gethin', 'Joiner', 'production', 'porto', years(4, 120)),
  eduarda: who('Eduarda Falcão', 'Joiner', 'production', 'porto', years(2, 86)),
  kwame: who('Kwame Boadu', 'Joiner', 'production', 'porto', years(2, 57)),
  raquel: who('Raquel Sequeira', 'Joiner', 'production', 'porto', years(3, 37)),
  gaspar: who('Gaspar Mourão', 'Warehouse', 'production', 'porto', years(3, 117)),
  aisha: who('Aïsha Belkacem', 'Warehouse', 'production', 'porto', years(2, 254)),
  roman: who('Roman Havel', 'Warehouse', 'production', 'porto', years(7, 68)),
  telma: who('Telma Patrício', 'Warehouse', 'production', 'porto', years(3, 40)),
  joao: who('João Nabais', 'Warehouse', 'production', 'porto', years(5, 212)),

  // Service and repair: the workshops
  makena: who('Makena Wairimu', 'Lead, fleet workshop', 'service', 'nairobi', years(3, 120)),
  juma: who('Juma Kiprono', 'Lead, mobile service', 'service', 'nairobi', years(2, 301)),
  wambui: who('Wambui Gathoni', 'Mechanic', 'service', 'nairobi', years(2, 135)),
  hassan: who('Hassan Abdi', 'Mechanic', 'service', 'nairobi', years(2, 210)),
  neema: who('Neema Mushi', 'Mechanic', 'service', 'nairobi', years(4, 23)),
  kibet: who('Kibet Lagat', 'Mechanic', 'service', 'nairobi', years(3, 135)),
  amina: who('Amina Yusuf', 'Mechanic', 'service', 'nairobi', years(4, 76)),
  moraa: who('Moraa Nyaboke', 'Mechanic', 'service', 'nairobi', years(2, 142)),
  peter: who('Peter Okoth', 'Mechanic', 'service', 'nairobi', years(3, 56)),
  halima: who('Halima Warsame', 'Mechanic', 'service', 'nairobi', years(2, 237)),
  tumaini: who('Tumaini Mrema', 'Mechanic', 'service', 'nairobi', years(4, 45)),
  grace: who('Grace Atieno', 'Mechanic', 'service', 'nairobi', years(3, 70)),

  // Shops and customers: Montréal
  maelle: who('Maëlle Gagnon', 'Lead, shop downtown', 'customers', 'montreal', years(3, 70)),
  thierry: who('Thierry Belanger', 'Shop assistant', 'customers', 'montreal', years(2, 187)),
  amelia: who('Amelia Osei', 'Shop assistant', 'customers', 'montreal', years(3, 108)),
  jerome: who('Jérôme Paquin', 'Shop assistant', 'customers', 'montreal', years(4, 219)),
  wren: who('Wren Castellano', 'Shop assistant', 'customers', 'montreal', years(3, 21)),
  nadia: who('Nadia Haddadi', 'Shop assistant', 'customers', 'montreal', years(2, 79)),
} satisfies Record<string, DemoPerson>;

export type PersonKey = keyof typeof PEOPLE;

/** Leads and their teams whose one-to-ones follow a pattern (talks/teams.ts); those of the others are written by hand. */
export const TEAM_LEADS = [
  'helder',
  'oksana',
  'tendai',
  'rosario',
  'ardit',
  'zeynep',
  'mamadou',
  'filipa',
  'makena',
  'juma',
  'maelle',
] as const satisfies readonly PersonKey[];

/** Who reports to whom today: five levels from Inês to Leonie. */
export const REPORTS: Partial<Record<PersonKey, readonly PersonKey[]>> = {
  ines: [
    'matthias',
    'rosalind',
    'sunniva',
    'adaeze',
    'friederike',
    'joaquim',
    'wanjiru',
    'etienne',
    'ananya',
  ],
  sunniva: ['lucia', 'tomasz', 'naledi'],
  adaeze: ['goncalo', 'rui'],
  goncalo: ['mirela', 'hanneke'],
  friederike: ['dmytro', 'pascal'],
  dmytro: ['oluwaseun', 'aino'],
  oluwaseun: ['leonie', 'quang', 'salma'],
  aino: ['rafael', 'yuki', 'greta'],
  pascal: ['hyunwoo', 'clementine'],
  joaquim: ['beatriz', 'noor'],
  beatriz: [
    'amadou',
    'bogdan',
    'catarina',
    'helder',
    'oksana',
    'tendai',
    'rosario',
    'ardit',
    'zeynep',
    'mamadou',
  ],
  amadou: ['ivo', 'fatoumata', 'celeste'],
  bogdan: ['marisol', 'teodoro', 'jyoti'],
  noor: ['abel', 'filipa'],
  helder: ['nuno', 'ibrahima', 'ludmila', 'tiago', 'kofi'],
  oksana: ['graca', 'danylo', 'sekou', 'armando', 'petra'],
  tendai: ['lidia', 'rashid', 'alma', 'wiktor', 'fernanda', 'babak'],
  rosario: ['vasco', 'mehwish', 'anselmo', 'yara', 'stoyan', 'carmo'],
  ardit: ['benedita', 'luan', 'doina', 'samba', 'irina'],
  zeynep: ['xavier', 'duarte', 'hafsa', 'milos', 'odete'],
  mamadou: ['sergio', 'nia', 'eduarda', 'kwame', 'raquel'],
  filipa: ['gaspar', 'aisha', 'roman', 'telma', 'joao'],
  wanjiru: ['otieno', 'zawadi', 'johanna', 'henrik', 'makena', 'juma'],
  makena: ['wambui', 'hassan', 'neema', 'kibet', 'amina'],
  juma: ['moraa', 'peter', 'halima', 'tumaini', 'grace'],
  otieno: ['achieng', 'baraka'],
  johanna: ['emre', 'siobhan'],
  etienne: ['noemie', 'xiomara', 'kenji', 'aroha'],
  noemie: ['desmond', 'maelle'],
  maelle: ['thierry', 'amelia', 'jerome', 'wren', 'nadia'],
  kenji: ['sayaka', 'takumi'],
  ananya: ['vikram'],
  vikram: ['meera', 'farhan', 'lobsang', 'eszter', 'ximena'],
};

export interface DemoChange {
  readonly report: PersonKey;
  readonly from: PersonKey;
  readonly on: Days;
}

/** Earlier reporting lines. */
export const CHANGES_OF_MANAGER: readonly DemoChange[] = [
  // The firmware moved from the drive team to software, and Eszter with it.
  { report: 'eszter', from: 'dmytro', on: -121 },
  // Johanna took over from Henrik three weeks before he left.
  { report: 'emre', from: 'henrik', on: -62 },
  { report: 'siobhan', from: 'henrik', on: -62 },
  { report: 'johanna', from: 'henrik', on: -62 },
];

/** Yuki works for the drive team in Leipzig and sits with Kenji's people in Osaka. */
export const DOTTED_LINES: readonly {
  readonly report: PersonKey;
  readonly manager: PersonKey;
  readonly from: Days;
}[] = [{ report: 'yuki', manager: 'kenji', from: -420 }];
