/** What people, their titles and their words are made of. The lists begin with what is met most often. */

export const firstNames =
  'Anna,Maria,Thomas,Michael,Sofia,Peter,Laura,Daniel,Julia,Martin,Sara,Paul,Elena,Jan,Katharina,Ali,Emma,Lukas,Mehmet,José,Nina,David,Zoé,Jonas,Fatima,Søren,Chloé,Marek,Ingrid,Björn,Aylin,Tomáš,Noor,Gabriel,Åsa,Mateusz,Lea,Hugo,Ewa,Samir,Ines,Øyvind,Greta,Kofi,Mila,Rafael,Yuki,Oskar,Priya,Felix,Amélie,Wei,Ruth,Ivan,Siobhán,Omar,Vera,Łukasz,Dina,Emil'.split(
    ',',
  );

export const commonNames =
  'Müller,Smith,García,Schmidt,Rossi,Novák,Jensen,Kowalski,Martin,Silva,Andersson,Yılmaz,Fischer,Nguyen,Weber,Sánchez,Dubois,Hansen,Meyer,Popescu,Kaya,Svensson,Horváth,Moreau,Wagner,López,Ricci,Becker,Nielsen,Ivanova'.split(
    ',',
  );

export const syllables =
  'ba,bel,bor,cas,dan,der,dor,el,fa,fen,gar,gul,hal,hen,ik,jor,ka,kel,lan,lev,lin,lo,mar,mel,mor,na,ner,nov,ol,or,pa,per,ran,ri,rov,sal,sen,ska,son,sti,ta,tel,tor,ul,van,vel,vi,wen,yar,zel'.split(
    ',',
  );

export const titles =
  'Engineer,Senior Engineer,Team Lead,Project Manager,Accountant,Sales Representative,Nurse,Product Manager,Designer,Analyst,Technician,Head of Department,Buyer,Recruiter,Lawyer,Support Specialist,Data Scientist,Warehouse Clerk,Architect,Assistant,Controller,Trainer,Electrician,Chemist,Translator,Director'.split(
    ',',
  );

export const words =
  'again,alone,around,balance,begin,better,bicycle,book,bread,bring,build,calm,care,children,choir,city,clear,climb,coast,cook,country,dance,draw,early,evening,family,field,find,first,forest,friend,garden,gather,grow,guitar,half,harbour,hear,help,home,house,island,keep,kind,kitchen,language,late,learn,letter,light,listen,little,long,meet,mend,month,morning,mountain,music,neighbour,night,notice,open,paint,paper,parents,patience,piano,place,plan,plant,practice,quiet,read,remember,rest,river,lane,run,save,school,season,share,simple,sing,slow,sleep,small,speak,spring,start,story,summer,swim,table,teach,think,time,together,train,travel,tree,try,village,visit,voice,walk,water,week,winter,wood,work,workshop,write,year'.split(
    ',',
  );
