PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  program TEXT NOT NULL,
  plugins TEXT NOT NULL,
  layouts TEXT NOT NULL,
  models TEXT NOT NULL
);
INSERT INTO versions VALUES(1,'140e402ddc887e1d8ca145f7b03521f1d1dd9fc7814d771049af8bb9a0eb0ce6','0.1.0',replace('image 0.1.0\npdf_text 0.1.0\ntable_grid 0.1.0\nnumbers 0.1.0\nocr 0.1.0\n','\n',char(10)),replace('declaration-2019 0.1.0 0c5f02dfb719\ndeclaration-2020 0.1.0 f655a84088ae\ndeclaration-2025 0.1.0 8087193f6c83\nself-evaluation-2023 0.1.0 2b212fab837a\nself-evaluation-2023b 0.1.0 92f44134b13f\n','\n',char(10)),replace('chinese_forms ab29d9f303b9\nperformance_declaration f1bf90c106f5\nperformance_self_evaluation 7cef88c07ff4\n','\n',char(10)));
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT,
  size INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'failed', 'duplicate')),
  reason TEXT,
  message TEXT,
  pages INTEGER NOT NULL,
  unread_pages INTEGER NOT NULL,
  records INTEGER NOT NULL,
  duplicate_of INTEGER REFERENCES files(id),
  version_id INTEGER NOT NULL REFERENCES versions(id)
);
INSERT INTO files VALUES(1,'in/b.pdf','4479e54727c45a0f0c1f093f8d54d25ed08606f0b27ed4e15220b31824e3f591',169481,'done',NULL,NULL,3,0,3,NULL,1);
INSERT INTO files VALUES(2,'in/a.pdf','1aa956466b7521a8e4b347e0cb353bdac80ac82b76d475ac70da977a777d9836',224504,'done',NULL,NULL,1,0,1,NULL,1);
INSERT INTO files VALUES(3,'in/bad\name.pdf',NULL,0,'failed','empty_input','in/bad\name.pdf: the file is empty',0,0,0,NULL,1);
INSERT INTO files VALUES(4,'in/twin.pdf','4479e54727c45a0f0c1f093f8d54d25ed08606f0b27ed4e15220b31824e3f591',169481,'duplicate',NULL,NULL,0,0,0,1,1);
CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  record TEXT NOT NULL,
  layout TEXT NOT NULL,
  title TEXT NOT NULL,
  year INTEGER,
  first_page INTEGER,
  last_page INTEGER,
  json TEXT NOT NULL,
  UNIQUE (file_id, ordinal)
);
INSERT INTO records VALUES(1,1,1,'performance_declaration','declaration-2019','上海市财政支出项目绩效目标申报表',2019,1,1,'{"record":"performance_declaration","layout":"declaration-2019","title":"上海市财政支出项目绩效目标申报表","year":2019,"fields":{"project_name":"农贸市场快速检测","project_nature":"市委市政府已确定的新增项目","fund_use":["政府购买服务"],"implementing_unit":"云堤区大气环境监测站（青年志愿服务总站）","project_leader":null,"contact_person":"钱远星","contact_phone":"021-58385310","start_date":"2019-06-03","end_date":"2019-12-31","overview":"另一方面, 第三方检测机构分三个批次完善与气象、公安、医疗等部门的信息互通, 并对照GB/T 2260等标准统一编码","basis":"为了降低设备带病运行的风险, 管理所通过公开比选将投诉办结率保持在92.5%以上。","necessity":"为此，第三方检测机构逐项维护软件接口1-2个，并对隐患点挂牌督办。","safeguards":"为了把每一分钱花在刀刃上，第三方检测机构参照同类地区的做法将验收意见逐条销号。","plan":"一是在不影响日常开放的情况下签订服务合同十余份；二是依照既定流程完善与气象、公安、医疗等部门的信息互通；三是印制宣传折页7.5份。","overall_goal":"一是分三个批次巡查河段3公里；二是通过公开比选公示采购结果并接受监督；三是做到“早发现、早报告、早处置”。","annual_goal":"为了减少人工抄录造成的差错, 财务部门在汛期到来之前建立“一点一档”资料库。","project_funding_total":174600.00,"annual_funding_total":58200.00,"previous_budget":148000.00,"previous_executed":14356.00,"remarks":"详见附件"},"tables":{"indicators":[{"level1":"投入和管理目标","level2":null,"level3":"“午后课堂”开设率","target":{"text":"≤365.00次（以系统导出的数据为准）","operator":"<=","value":365.00,"unit":"次","note":"以系统导出的数据为准"}},{"level1":"投入和管理目标","level2":null,"level3":"助餐点（含流动餐车）日均供餐份数","target":{"text":"不低于15.00户","operator":">=","value":15.00,"unit":"户","note":null}},{"level1":"效果目标","level2":null,"level3":"无障碍设施改造后轮椅通行验证通过率","target":{"text":"≥5GB（其中青年志愿者不少于30人）","operator":">=","value":5,"unit":"GB","note":"其中青年志愿者不少于30人"}},{"level1":"效果目标","level2":null,"level3":"信息公开及时性","target":{"text":"=40(人次)","operator":"=","value":40,"unit":"人次","note":null}}],"subprojects":[{"name":"差旅与交通","amount":35922.00},{"name":"软件开发（含等级测评）","amount":9688.00}]},"source":{"file":"","sha256":"4479e54727c45a0f0c1f093f8d54d25ed08606f0b27ed4e15220b31824e3f591","pages":[1]},"evidence":{},"issues":[]}');
INSERT INTO records VALUES(2,1,2,'performance_self_evaluation','self-evaluation-2023','财政项目支出绩效自评表',2023,2,2,'{"record":"performance_self_evaluation","layout":"self-evaluation-2023","title":"财政项目支出绩效自评表","year":2023,"fields":{"project_name":"青渡市古树名木养护","supervising_department":"石桥镇教育委员会","implementing_unit":"云堤区食品检验所（青年志愿服务总站）","annual_goal":"其中，管理所参照同类地区的做法完成12处点位的现场踏勘，并采购图书160册。","actual_completion":"为了避免重复投入，志愿服务队在预算额度之内整理并扫描卷宗十余卷。《青渡市公共服务设施管理办法（试行）》第十二条作了明确要求，街道和镇的联络员拟依照既定流程完善与气象、公安、医疗等部门的信息互通；对隐患点挂牌督办。","total_weight":100.00,"total_score":96.96,"grade":"优"},"tables":{"indicators":[{"level1":"产出指标","level2":"数量指标","level3":"人均补贴标准","target":{"text":"=5.50场","operator":"=","value":5.50,"unit":"场","note":null},"actual":{"text":"4.12场","operator":"=","value":4.12,"unit":"场","note":null},"weight":15.00,"score":13.50,"deviation":"街镇合并后站点数量减少"},{"level1":"产出指标","level2":"质量指标","level3":"培训场次","target":{"text":"≥12000.00(篇)","operator":">=","value":12000.00,"unit":"篇","note":null},"actual":{"text":"12000.00(篇)","operator":"=","value":12000.00,"unit":"篇","note":null},"weight":15.00,"score":15.00,"deviation":null},{"level1":"产出指标","level2":"成本指标","level3":"居民满意度","target":{"text":"=1800(套)","operator":"=","value":1800,"unit":"套","note":null},"actual":{"text":"1,800.00(套)","operator":"=","value":1800.00,"unit":"套","note":null},"weight":15.00,"score":15.00,"deviation":null},{"level1":"效益指标","level2":"经济效益指标","level3":"岗位人员稳定性","target":{"text":"120.00元/平方米（以系统导出的数据为准）","operator":"=","value":120.00,"unit":"元/平方米","note":"以系统导出的数据为准"},"actual":{"text":"90.00(元/平方米)","operator":"=","value":90.00,"unit":"元/平方米","note":null},"weight":15.00,"score":13.50,"deviation":"年初测算偏保守；下一年度将依据近三年均值设定目标值"}],"funding":[{"source":"total","initial_budget":124100.00,"annual_budget":124100.00,"executed":123600.00,"weight":10.00,"execution_rate":99.60,"score":9.96},{"source":"fiscal","initial_budget":7700.00,"annual_budget":7700.00,"executed":7600.00,"weight":null,"execution_rate":98.70,"score":null},{"source":"carryover","initial_budget":0.00,"annual_budget":0.00,"executed":0.00,"weight":null,"execution_rate":0.00,"score":null},{"source":"other","initial_budget":116400.00,"annual_budget":116400.00,"executed":116000.00,"weight":null,"execution_rate":99.66,"score":null}]},"source":{"file":"","sha256":"4479e54727c45a0f0c1f093f8d54d25ed08606f0b27ed4e15220b31824e3f591","pages":[2]},"evidence":{},"issues":[]}');
INSERT INTO records VALUES(3,1,3,'performance_declaration','declaration-2025','财政项目支出绩效目标申报表',2025,3,3,'{"record":"performance_declaration","layout":"declaration-2025","title":"财政项目支出绩效目标申报表","year":2025,"fields":{"project_name":"临湖市防汛物资储备","project_nature":"经常性专项业务费","project_category":"运转类","supervising_department":"青渡市农业农村委员会","implementing_unit":"临湖市社区教育学院","start_date":"2025-06-03","end_date":"2025-10-09","overall_goal":null,"annual_goal":"现场评估发现1,200处隐患，管理所拟利用寒暑假维护软件接口48个；对隐患点挂牌督办。财务部门根据上一轮普查结果印制宣传折页7.5份，让沉睡的资料真正用起来。","project_funding_total":null,"project_funding_fiscal":null,"project_funding_other":null,"annual_funding_total":6600000.00,"annual_funding_fiscal":6600000.00,"annual_funding_carryover":0.00,"annual_funding_other":0.00},"tables":{"indicators":[{"level1":"成本指标","level2":"经济成本指标","level3":"平均修复时长","target":{"text":"不少于20%","operator":">=","value":20,"unit":"%","note":null}},{"level1":"成本指标","level2":"生态环境成本指标","level3":"验收合格率","target":{"text":"有效改善","operator":null,"value":null,"unit":null,"note":null}},{"level1":"产出指标","level2":"数量指标","level3":"扫描页数","target":{"text":"不少于5000万平方米（每季度至少一次）","operator":">=","value":50000000,"unit":"平方米","note":"每季度至少一次"}},{"level1":"产出指标","level2":"质量指标","level3":"清淤工程量","target":{"text":"≤365.00元（面向全部街镇发放问卷（回收率不低于八成））","operator":"<=","value":365.00,"unit":"元","note":"面向全部街镇发放问卷（回收率不低于八成）"}}]},"source":{"file":"","sha256":"4479e54727c45a0f0c1f093f8d54d25ed08606f0b27ed4e15220b31824e3f591","pages":[3]},"evidence":{},"issues":[]}');
INSERT INTO records VALUES(4,2,1,'performance_declaration','declaration-2025','财政项目支出绩效目标申报表',2025,1,1,'{"record":"performance_declaration","layout":"declaration-2025","title":"财政项目支出绩效目标申报表","year":2025,"fields":{"project_name":"老年助餐点补贴","project_nature":"其他一次性项目","project_category":"特定目标类","supervising_department":"云堤区民政局","implementing_unit":"云堤区养老服务指导中心","start_date":"2025-01-01","end_date":"2025-12-31","overall_goal":null,"annual_goal":"1、补贴助餐点18处, 每处每日供餐不少于60份;\n2、给行动不便的老人送餐上门;\n3、每季度抽检食材一次, 结果公示。","project_funding_total":null,"project_funding_fiscal":null,"project_funding_other":null,"annual_funding_total":1576020.00,"annual_funding_fiscal":1476020.00,"annual_funding_carryover":100000.00,"annual_funding_other":0.00},"tables":{"indicators":[{"level1":"成本指标","level2":"经济成本指标","level3":"单份餐费补贴","target":{"text":"≤4.50(元/份)","operator":"<=","value":4.50,"unit":"元/份","note":null}},{"level1":"成本指标","level2":"经济成本指标","level3":"设备费","target":{"text":"≤15.90(万元)","operator":"<=","value":15.90,"unit":"万元","note":null}},{"level1":"产出指标","level2":"数量指标","level3":"助餐点数量","target":{"text":"=18.00(处)","operator":"=","value":18.00,"unit":"处","note":null}},{"level1":"产出指标","level2":"数量指标","level3":"日均供餐","target":{"text":"≥1,080.00(份)","operator":">=","value":1080.00,"unit":"份","note":null}},{"level1":"产出指标","level2":"质量指标","level3":"食材抽检合格率","target":{"text":"≥98.00(%)","operator":">=","value":98.00,"unit":"%","note":null}},{"level1":"产出指标","level2":"时效指标","level3":"抽检公示","target":{"text":"每季度末","operator":null,"value":null,"unit":null,"note":null}},{"level1":"效益指标","level2":"社会效益指标","level3":"送餐上门","target":{"text":"大于120人","operator":">","value":120,"unit":"人","note":null}},{"level1":"效益指标","level2":"可持续影响指标","level3":"助餐档案","target":{"text":"健全","operator":null,"value":null,"unit":null,"note":null}},{"level1":"满意度指标","level2":"服务对象满意度指标","level3":"老人满意度","target":{"text":"≥90(null)","operator":">=","value":90,"unit":null,"note":null}}]},"source":{"file":"","sha256":"1aa956466b7521a8e4b347e0cb353bdac80ac82b76d475ac70da977a777d9836","pages":[1]},"evidence":{},"issues":[]}');
CREATE TABLE evidence (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  pointer TEXT NOT NULL,
  page INTEGER NOT NULL,
  x0 REAL NOT NULL,
  y0 REAL NOT NULL,
  x1 REAL NOT NULL,
  y1 REAL NOT NULL,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  extractor TEXT NOT NULL,
  unit TEXT,
  PRIMARY KEY (record_id, pointer)
) WITHOUT ROWID;
INSERT INTO evidence VALUES(1,'/fields/annual_funding_total',1,451.7799999999999727,359.69999999999998862,478.75999999999999091,370.76999999999998181,'58200',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(1,'/fields/annual_goal',1,128.65999999999999658,523.95000000000004547,446.02999999999997271,535.01999999999998182,'为了减少人工抄录造成的差错, 财务部门在汛期到来之前建立“一点一档”资料库。',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/basis',1,128.65999999999999658,277.19999999999998863,465.24000000000000909,288.26999999999998181,'为了降低设备带病运行的风险, 管理所通过公开比选将投诉办结率保持在92.5%以上。',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/contact_person',1,291.25999999999999091,212.69999999999998864,318.2599999999999909,223.77000000000001023,'钱远星',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/contact_phone',1,448.93000000000000682,212.69999999999998864,510.99000000000000909,223.77000000000001023,'021-58385310',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/end_date',1,375.01999999999998181,229.94999999999998863,423.589999999999975,241.02000000000001023,'2019-12-31',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/fund_use',1,128.65999999999999658,183.44999999999998863,406.73000000000001817,206.52000000000001022,replace('基本建设工程类□ 信息化建设类□ 政策补贴类□ 政府购买服务☑\n资产购置类□ 其他事业专业类□','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/implementing_unit',1,114.0,118.20000000000000284,330.0,129.27000000000001023,'云堤区大气环境监测站（青年志愿服务总站）（盖章）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/necessity',1,128.65999999999999658,300.44999999999998862,412.14999999999997726,311.51999999999998181,'为此，第三方检测机构逐项维护软件接口1-2个，并对隐患点挂牌督办。',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/overall_goal',1,128.65999999999999658,494.69999999999998861,540.7400000000000091,517.76999999999998181,replace('一是分三个批次巡查河段3公里；二是通过公开比选公示采购结果并接受监督；三是做到“早发现、早报\n告、早处置”。','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/overview',1,128.65999999999999658,247.94999999999998863,540.74999999999999998,271.01999999999998181,replace('另一方面, 第三方检测机构分三个批次完善与气象、公安、医疗等部门的信息互通, 并对照GB/T 2260等\n标准统一编码','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/plan',1,128.65999999999999658,464.69999999999998863,540.74999999999999998,487.76999999999998179,replace('一是在不影响日常开放的情况下签订服务合同十余份；二是依照既定流程完善与气象、公安、医疗等部\n门的信息互通；三是印制宣传折页7.5份。','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/previous_budget',1,195.31999999999999318,388.94999999999998862,227.69999999999998862,400.01999999999998179,'148000',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(1,'/fields/previous_executed',1,451.7799999999999727,388.94999999999998862,478.75999999999999091,400.01999999999998179,'14356',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(1,'/fields/project_funding_total',1,195.31999999999999318,359.69999999999998862,227.69999999999998862,370.76999999999998181,'174600',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(1,'/fields/project_name',1,128.65999999999999658,136.19999999999998863,200.65999999999999659,147.27000000000001023,'农贸市场快速检测',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/project_nature',1,128.65999999999999658,154.19999999999998862,388.73000000000001818,177.27000000000001023,replace('市委市政府已确定的新增项目☑ 结转项目□ 其他一次性项目□\n经常性专项业务费□ 其他经常性项目□','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/remarks',1,128.65999999999999658,645.45000000000004548,164.65999999999999659,656.51999999999998179,'详见附件',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/safeguards',1,128.65999999999999658,330.44999999999998862,479.66000000000002501,341.51999999999998181,'为了把每一分钱花在刀刃上，第三方检测机构参照同类地区的做法将验收意见逐条销号。',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/fields/start_date',1,128.65999999999999658,229.94999999999998863,177.22999999999998976,241.02000000000001023,'2019-06-03',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/0/level1',1,56.820000000000000285,584.70000000000004547,119.81999999999999317,595.76999999999998179,'投入和管理目标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/0/level3',1,128.65999999999999658,576.45000000000004547,197.63999999999998635,587.51999999999998179,'“午后课堂”开设率',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/0/target',1,325.75999999999999091,576.45000000000004547,479.93000000000000681,587.51999999999998179,'≤365.00次（以系统导出的数据为准）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/1/level1',1,56.820000000000000285,584.70000000000004547,119.81999999999999317,595.76999999999998179,'投入和管理目标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/1/level3',1,128.65999999999999658,593.70000000000004549,272.660000000000025,604.7699999999999818,'助餐点（含流动餐车）日均供餐份数',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/1/target',1,325.75999999999999091,593.70000000000004549,386.04000000000002045,604.7699999999999818,'不低于15.00户',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/2/level1',1,70.31999999999999318,619.95000000000004547,106.31999999999999317,631.01999999999998178,'效果目标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/2/level3',1,128.65999999999999658,610.95000000000004546,281.66000000000002501,622.01999999999998181,'无障碍设施改造后轮椅通行验证通过率',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/2/target',1,325.75999999999999091,610.95000000000004546,477.93999999999999773,622.01999999999998181,'≥5GB（其中青年志愿者不少于30人）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/3/level1',1,70.31999999999999318,619.95000000000004547,106.31999999999999317,631.01999999999998178,'效果目标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/3/level3',1,128.65999999999999658,628.20000000000004547,191.65999999999999659,639.26999999999998183,'信息公开及时性',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/indicators/3/target',1,325.75999999999999091,628.20000000000004547,365.33999999999997498,639.26999999999998183,'=40(人次)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/subprojects/0/amount',1,449.31999999999999318,430.19999999999998861,476.30000000000001138,441.26999999999998182,'35922',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(1,'/tables/subprojects/0/name',1,128.65999999999999658,430.19999999999998861,173.65999999999999659,441.26999999999998182,'差旅与交通',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/tables/subprojects/1/amount',1,452.02999999999997271,447.44999999999998862,473.61000000000001365,458.51999999999998179,'9688',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(1,'/tables/subprojects/1/name',1,128.65999999999999658,447.44999999999998862,227.65999999999999659,458.51999999999998179,'软件开发（含等级测评）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(1,'/year',1,268.95999999999997953,100.95000000000000283,326.54000000000002045,112.01999999999999601,'（2019年度）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/actual_completion',2,325.75999999999999091,248.69999999999998863,540.74999999999999998,307.7699999999999818,replace('为了避免重复投入，志愿服务队在预算额度之内整理\n并扫描卷宗十余卷。《青渡市公共服务设施管理办法\n（试行）》第十二条作了明确要求，街道和镇的联络\n员拟依照既定流程完善与气象、公安、医疗等部门的\n信息互通；对隐患点挂牌督办。','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/annual_goal',2,108.95000000000000284,266.69999999999998863,319.0099999999999909,289.76999999999998182,replace('其中，管理所参照同类地区的做法完成12处点位的现\n场踏勘，并采购图书160册。','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/grade',2,143.43999999999999772,527.70000000000004546,152.43999999999999772,538.76999999999998182,'优',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/implementing_unit',2,365.17000000000001591,126.45000000000000283,527.16999999999995907,137.52000000000001023,'云堤区食品检验所（青年志愿服务总站）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/project_name',2,143.43999999999999772,109.20000000000000283,224.43999999999999772,120.26999999999999601,'青渡市古树名木养护',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/supervising_department',2,143.43999999999999772,126.45000000000000283,215.43999999999999773,137.52000000000001023,'石桥镇教育委员会',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/total_score',2,460.50999999999999092,504.44999999999998864,484.80000000000001134,515.51999999999998181,'96.96',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/fields/total_weight',2,426.01999999999998181,498.44999999999998864,450.31000000000000228,521.5199999999999818,replace('100.0\n0','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/0/annual_budget',2,305.30000000000001136,161.69999999999998862,329.57999999999998408,172.77000000000001023,'12.41',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/0/executed',2,374.2699999999999818,161.69999999999998862,398.56000000000000227,172.77000000000001023,'12.36',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/0/execution_rate',2,472.80000000000001136,161.69999999999998862,497.08999999999997497,172.77000000000001023,'99.60',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/0/initial_budget',2,236.31999999999999317,161.69999999999998862,260.60000000000002272,172.77000000000001023,'12.41',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/0/score',2,517.40999999999996816,161.69999999999998862,536.2899999999999636,172.77000000000001023,'9.96',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/0/source',2,128.27000000000001023,161.69999999999998862,191.27000000000001023,172.77000000000001023,'年度资金总额：',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/0/weight',2,428.47000000000002727,161.69999999999998862,452.75999999999999088,172.77000000000001023,'10.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/1/annual_budget',2,308.0,178.94999999999998863,326.88999999999998635,190.02000000000001023,'0.77',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/1/executed',2,376.98000000000001818,178.94999999999998863,395.87000000000000453,190.02000000000001023,'0.76',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/1/execution_rate',2,472.80000000000001136,178.94999999999998863,497.08999999999997497,190.02000000000001023,'98.70',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/1/initial_budget',2,239.03000000000000112,178.94999999999998863,257.92000000000001591,190.02000000000001023,'0.77',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/1/source',2,108.95000000000000284,178.94999999999998863,189.94999999999998863,190.02000000000001023,'其中：当年财政拨款',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/2/annual_budget',2,308.0,196.19999999999998863,326.88999999999998635,207.27000000000001022,'0.00',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/2/executed',2,376.98000000000001818,196.19999999999998863,395.87000000000000453,207.27000000000001022,'0.00',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/2/execution_rate',2,475.50999999999999088,196.19999999999998863,494.39999999999997724,207.27000000000001022,'0.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/2/initial_budget',2,239.03000000000000112,196.19999999999998863,257.92000000000001591,207.27000000000001022,'0.00',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/2/source',2,108.95000000000000284,196.19999999999998863,162.94999999999998863,207.27000000000001022,'上年结转资金',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/3/annual_budget',2,305.30000000000001136,213.44999999999998863,329.57999999999998408,224.52000000000001023,'11.64',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/3/executed',2,374.2699999999999818,213.44999999999998863,398.56000000000000227,224.52000000000001023,'11.60',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/3/execution_rate',2,472.80000000000001136,213.44999999999998863,497.08999999999997497,224.52000000000001023,'99.66',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/funding/3/initial_budget',2,236.31999999999999317,213.44999999999998863,260.60000000000002272,224.52000000000001023,'11.64',1.0,'pdf_text','万元');
INSERT INTO evidence VALUES(2,'/tables/funding/3/source',2,108.95000000000000284,213.44999999999998863,144.94999999999998862,224.52000000000001023,'其他资金',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/actual',2,340.54000000000002046,367.94999999999998862,368.42000000000001591,379.01999999999998181,'4.12场',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/deviation',2,493.2799999999999727,355.94999999999998863,538.27999999999997272,391.76999999999998181,replace('街镇合并后\n站点数量减\n少','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/level1',2,55.549999999999997157,385.94999999999998863,91.549999999999997161,397.01999999999998181,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/level2',2,99.89000000000000057,367.94999999999998862,135.88999999999998635,379.01999999999998181,'数量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/level3',2,143.43999999999999772,367.94999999999998862,197.43999999999999772,379.01999999999998181,'人均补贴标准',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/score',2,460.50999999999999092,367.94999999999998862,484.80000000000001134,379.01999999999998181,'13.50',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/target',2,256.7699999999999818,367.94999999999998862,290.05000000000001137,379.01999999999998181,'=5.50场',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/0/weight',2,426.01999999999998181,367.94999999999998862,450.31000000000000228,379.01999999999998181,'15.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/actual',2,340.54000000000002046,397.94999999999998863,395.41000000000002501,409.0199999999999818,'12000.00(篇)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/level1',2,55.549999999999997157,385.94999999999998863,91.549999999999997161,397.01999999999998181,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/level2',2,99.89000000000000057,397.94999999999998863,135.88999999999998635,409.0199999999999818,'质量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/level3',2,143.43999999999999772,397.94999999999998863,179.43999999999999772,409.0199999999999818,'培训场次',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/score',2,460.50999999999999092,397.94999999999998863,484.80000000000001134,409.0199999999999818,'15.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/target',2,256.7699999999999818,397.94999999999998863,319.12999999999999544,409.0199999999999818,'≥12000.00(篇)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/1/weight',2,426.01999999999998181,397.94999999999998863,450.31000000000000228,409.0199999999999818,'15.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/actual',2,340.54000000000002046,415.19999999999998865,392.70999999999997953,426.26999999999998182,'1,800.00(套)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/level1',2,55.549999999999997157,385.94999999999998863,91.549999999999997161,397.01999999999998181,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/level2',2,99.89000000000000057,415.19999999999998865,135.88999999999998635,426.26999999999998182,'成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/level3',2,143.43999999999999772,415.19999999999998865,188.43999999999999772,426.26999999999998182,'居民满意度',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/score',2,460.50999999999999092,415.19999999999998865,484.80000000000001134,426.26999999999998182,'15.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/target',2,256.7699999999999818,415.19999999999998865,298.14999999999997726,426.26999999999998182,'=1800(套)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/2/weight',2,426.01999999999998181,415.19999999999998865,450.31000000000000228,426.26999999999998182,'15.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/actual',2,340.54000000000002046,457.19999999999998861,410.88999999999998636,468.26999999999998182,'90.00(元/平方米)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/deviation',2,493.2799999999999727,432.44999999999998861,538.27999999999997272,492.2699999999999818,replace('年初测算偏\n保守；下一\n年度将依据\n近三年均值\n设定目标值','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/level1',2,55.549999999999997157,457.19999999999998861,91.549999999999997161,468.26999999999998182,'效益指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/level2',2,99.89000000000000057,450.44999999999998864,135.88999999999998635,474.26999999999998182,replace('经济效益\n指标','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/level3',2,143.43999999999999772,457.19999999999998861,206.43999999999999772,468.26999999999998182,'岗位人员稳定性',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/score',2,460.50999999999999092,457.19999999999998861,484.80000000000001134,468.26999999999998182,'13.50',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/target',2,256.7699999999999818,444.44999999999998865,328.7699999999999818,480.26999999999998181,replace('120.00元/平方米\n（以系统导出的数\n据为准）','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/tables/indicators/3/weight',2,426.01999999999998181,457.19999999999998861,450.31000000000000228,468.26999999999998182,'15.00',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(2,'/year',2,268.95999999999997953,88.200000000000002842,326.54000000000002045,99.26999999999999602,'（2023年度）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/annual_funding_carryover',3,484.74999999999999998,208.19999999999998863,490.13999999999998636,219.27000000000001023,'0',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(3,'/fields/annual_funding_fiscal',3,468.55000000000001135,190.94999999999998863,506.32999999999998407,202.02000000000001024,'6600000',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(3,'/fields/annual_funding_other',3,484.74999999999999998,226.19999999999998864,490.13999999999998636,237.27000000000001023,'0',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(3,'/fields/annual_funding_total',3,468.55000000000001135,173.69999999999998863,506.32999999999998407,184.77000000000001023,'6600000',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(3,'/fields/annual_goal',3,301.11000000000001364,260.69999999999998862,540.74999999999999998,295.76999999999998181,replace('现场评估发现1,200处隐患，管理所拟利用寒暑假维护软件\n接口48个；对隐患点挂牌督办。财务部门根据上一轮普查结\n果印制宣传折页7.5份，让沉睡的资料真正用起来。','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/end_date',3,296.18999999999999772,150.44999999999998863,344.75999999999999089,161.52000000000001023,'2025-10-09',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/implementing_unit',3,296.18999999999999772,126.45000000000000283,377.18999999999999772,137.52000000000001023,'临湖市社区教育学院',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/project_category',3,458.79000000000002045,109.20000000000000283,485.79000000000002045,120.26999999999999601,'运转类',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/project_name',3,118.79999999999999716,109.20000000000000283,199.80000000000001136,120.26999999999999601,'临湖市防汛物资储备',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/project_nature',3,296.18999999999999772,109.20000000000000283,368.18999999999999772,120.26999999999999601,'经常性专项业务费',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/start_date',3,118.79999999999999716,150.44999999999998863,167.37000000000000454,161.52000000000001023,'2025-06-03',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/fields/supervising_department',3,118.79999999999999716,126.45000000000000283,208.80000000000001137,137.52000000000001023,'青渡市农业农村委员会',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/0/level1',3,134.37999999999999544,328.19999999999998863,170.37999999999999544,339.2699999999999818,'成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/0/level2',3,201.74999999999999999,319.94999999999998864,255.74999999999999998,331.01999999999998181,'经济成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/0/level3',3,271.55000000000001137,319.94999999999998864,325.55000000000001137,331.01999999999998181,'平均修复时长',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/0/target',3,419.37000000000000453,319.94999999999998864,463.44999999999998861,331.01999999999998181,'不少于20%',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/1/level1',3,134.37999999999999544,328.19999999999998863,170.37999999999999544,339.2699999999999818,'成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/1/level2',3,192.74999999999999999,337.19999999999998863,264.75,348.2699999999999818,'生态环境成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/1/level3',3,271.55000000000001137,337.19999999999998863,316.55000000000001136,348.2699999999999818,'验收合格率',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/1/target',3,419.37000000000000453,337.19999999999998863,455.37000000000000454,348.2699999999999818,'有效改善',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/2/level1',3,134.37999999999999544,381.44999999999998864,170.37999999999999544,392.51999999999998181,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/2/level2',3,210.75,360.44999999999998863,246.74999999999999999,371.5199999999999818,'数量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/2/level3',3,271.55000000000001137,360.44999999999998863,307.55000000000001136,371.5199999999999818,'扫描页数',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/2/target',3,419.37000000000000453,354.44999999999998862,539.95000000000004545,377.5199999999999818,replace('不少于5000万平方米（每季度\n至少一次）','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/3/level1',3,134.37999999999999544,381.44999999999998864,170.37999999999999544,392.51999999999998181,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/3/level2',3,210.75,396.44999999999998862,246.74999999999999999,407.51999999999998182,'质量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/3/level3',3,271.55000000000001137,396.44999999999998862,316.55000000000001136,407.51999999999998182,'清淤工程量',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/tables/indicators/3/target',3,419.37000000000000453,383.69999999999998862,537.53999999999996363,419.51999999999998181,replace('≤365.00元（面向全部街镇发\n放问卷（回收率不低于八\n成））','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(3,'/year',3,268.95999999999997953,88.200000000000002842,326.54000000000002045,99.26999999999999602,'（2025年度）',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/annual_funding_carryover',1,464.95999999999997952,209.5800000000000125,509.93000000000000683,219.47999999999998977,'100,000.00',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(4,'/fields/annual_funding_fiscal',1,461.20999999999997952,192.3300000000000125,513.67999999999994996,202.22999999999998975,'1,476,020.00',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(4,'/fields/annual_funding_other',1,478.69999999999998862,227.58000000000001251,496.18999999999999772,237.47999999999998977,'0.00',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(4,'/fields/annual_funding_total',1,461.20999999999997952,175.0800000000000125,513.67999999999994996,184.97999999999998976,'1,576,020.00',1.0,'pdf_text','元');
INSERT INTO evidence VALUES(4,'/fields/annual_goal',1,301.11000000000001364,262.07999999999998408,486.11000000000001365,295.98000000000001818,replace('1、补贴助餐点18处, 每处每日供餐不少于60份;\n2、给行动不便的老人送餐上门;\n3、每季度抽检食材一次, 结果公示。','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/end_date',1,296.18999999999999772,151.83000000000001251,342.39999999999997726,161.72999999999998977,'2025-12-31',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/implementing_unit',1,296.18999999999999772,127.82999999999999829,395.18999999999999772,137.72999999999998977,'云堤区养老服务指导中心',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/project_category',1,458.79000000000002045,110.57999999999999829,503.79000000000002047,120.48000000000000397,'特定目标类',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/project_name',1,118.79999999999999716,110.57999999999999829,181.81000000000000226,120.48000000000000397,'老年助餐点补贴',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/project_nature',1,296.18999999999999772,110.57999999999999829,359.18999999999999773,120.48000000000000397,'其他一次性项目',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/start_date',1,118.79999999999999716,151.83000000000001251,165.0099999999999909,161.72999999999998977,'2025-01-01',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/fields/supervising_department',1,118.79999999999999716,127.82999999999999829,172.81000000000000227,137.72999999999998977,'云堤区民政局',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/0/level1',1,134.37999999999999544,329.57999999999998408,170.37999999999999544,339.48000000000001818,'成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/0/level2',1,201.74999999999999999,329.57999999999998408,255.74999999999999998,339.48000000000001818,'经济成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/0/level3',1,271.55000000000001137,321.32999999999998408,325.55000000000001137,331.23000000000001818,'单份餐费补贴',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/0/target',1,419.37000000000000453,321.32999999999998408,473.47000000000002729,331.23000000000001818,'≤4.50(元/份)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/1/level1',1,134.37999999999999544,329.57999999999998408,170.37999999999999544,339.48000000000001818,'成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/1/level2',1,201.74999999999999999,329.57999999999998408,255.74999999999999998,339.48000000000001818,'经济成本指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/1/level3',1,271.55000000000001137,338.57999999999998407,298.55000000000001137,348.48000000000001819,'设备费',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/1/target',1,419.37000000000000453,338.57999999999998407,474.93000000000000684,348.48000000000001819,'≤15.90(万元)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/2/level1',1,134.37999999999999544,382.07999999999998409,170.37999999999999544,391.98000000000001818,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/2/level2',1,210.75,364.82999999999998408,246.74999999999999999,374.7300000000000182,'数量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/2/level3',1,271.55000000000001137,355.82999999999998408,316.55000000000001136,365.73000000000001818,'助餐点数量',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/2/target',1,419.37000000000000453,355.82999999999998408,461.93000000000000683,365.73000000000001818,'=18.00(处)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/3/level1',1,134.37999999999999544,382.07999999999998409,170.37999999999999544,391.98000000000001818,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/3/level2',1,210.75,364.82999999999998408,246.74999999999999999,374.7300000000000182,'数量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/3/level3',1,271.55000000000001137,373.07999999999998407,307.55000000000001136,382.98000000000001819,'日均供餐',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/3/target',1,419.37000000000000453,373.07999999999998407,478.43000000000000682,382.98000000000001819,'≥1,080.00(份)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/4/level1',1,134.37999999999999544,382.07999999999998409,170.37999999999999544,391.98000000000001818,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/4/level2',1,210.75,390.32999999999998409,246.74999999999999999,400.23000000000001821,'质量指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/4/level3',1,271.55000000000001137,390.32999999999998409,334.55000000000001136,400.23000000000001821,'食材抽检合格率',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/4/target',1,419.37000000000000453,390.32999999999998409,465.2200000000000273,400.23000000000001821,'≥98.00(%)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/5/level1',1,134.37999999999999544,382.07999999999998409,170.37999999999999544,391.98000000000001818,'产出指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/5/level2',1,210.75,408.32999999999998407,246.74999999999999999,418.23000000000001819,'时效指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/5/level3',1,271.55000000000001137,408.32999999999998407,307.55000000000001136,418.23000000000001819,'抽检公示',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/5/target',1,419.37000000000000453,408.32999999999998407,455.37000000000000454,418.23000000000001819,'每季度末',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/6/level1',1,134.37999999999999544,433.82999999999998408,170.37999999999999544,443.7300000000000182,'效益指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/6/level2',1,201.74999999999999999,425.57999999999998408,255.74999999999999998,435.4800000000000182,'社会效益指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/6/level3',1,271.55000000000001137,425.57999999999998408,307.55000000000001136,435.4800000000000182,'送餐上门',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/6/target',1,419.37000000000000453,425.57999999999998408,461.35000000000002274,435.4800000000000182,'大于120人',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/7/level1',1,134.37999999999999544,433.82999999999998408,170.37999999999999544,443.7300000000000182,'效益指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/7/level2',1,197.24999999999999999,442.82999999999998409,260.24999999999999999,452.73000000000001817,'可持续影响指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/7/level3',1,271.55000000000001137,442.82999999999998409,307.55000000000001136,452.73000000000001817,'助餐档案',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/7/target',1,419.37000000000000453,442.82999999999998409,437.37000000000000455,452.73000000000001817,'健全',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/8/level1',1,129.87999999999999545,466.07999999999998406,174.87999999999999545,475.98000000000001818,'满意度指标',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/8/level2',1,192.74999999999999999,460.07999999999998406,264.75,481.98000000000001817,replace('服务对象满意度指\n标','\n',char(10)),1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/8/level3',1,271.55000000000001137,466.07999999999998406,316.55000000000001136,475.98000000000001818,'老人满意度',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/tables/indicators/8/target',1,419.37000000000000453,466.07999999999998406,460.50999999999999092,475.98000000000001818,'≥90(null)',1.0,'pdf_text',NULL);
INSERT INTO evidence VALUES(4,'/year',1,269.74999999999999999,89.579999999999998291,325.73000000000001819,99.480000000000003979,'（2025年度）',1.0,'pdf_text',NULL);
CREATE TABLE issues (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
  record_id INTEGER REFERENCES records(id) ON DELETE CASCADE,
  found_by TEXT NOT NULL CHECK (found_by IN ('reading', 'check')),
  check_id TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  pointer TEXT NOT NULL,
  related TEXT NOT NULL,
  message TEXT NOT NULL
);
INSERT INTO issues VALUES(1,1,1,'reading','unclaimed_text','info','','[]','page 1: no field took `石桥镇绩效材料汇编（共三份）`');
INSERT INTO issues VALUES(2,1,1,'check','subprojects_sum','error','/fields/annual_funding_total','["/tables/subprojects/0/amount","/tables/subprojects/1/amount"]','预算金额: 35922.00 + 9688.00 = 45610.00 元, 年度资金申请总额 says 58200.00 元');
INSERT INTO issues VALUES(3,1,1,'check','annual_is_all','warning','/fields/annual_funding_total','["/fields/project_funding_total"]','年度资金申请总额 is 58200.00 元, expected 174600.00 元; the project begins and ends within one year');
INSERT INTO issues VALUES(4,1,2,'check','weights_sum','error','/tables/indicators/0/weight','["/tables/indicators/0/weight","/tables/indicators/1/weight","/tables/indicators/2/weight","/tables/indicators/3/weight","/tables/funding/0/weight"]','分值: 15.00 + 15.00 + 15.00 + 15.00 + 年度资金总额 10.00 = 70.00, the total says 100');
INSERT INTO issues VALUES(5,1,2,'check','scores_sum','error','/fields/total_score','["/tables/indicators/0/score","/tables/indicators/1/score","/tables/indicators/2/score","/tables/indicators/3/score","/tables/funding/0/score"]','得分: 13.50 + 15.00 + 15.00 + 13.50 + 年度资金总额 9.96 = 66.96, 总得分 says 96.96');
CREATE TABLE IF NOT EXISTS "performance_declaration_fields" (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  "project_name" TEXT,
  "project_nature" TEXT,
  "project_category" TEXT,
  "fund_use" TEXT,
  "supervising_department" TEXT,
  "implementing_unit" TEXT,
  "project_leader" TEXT,
  "contact_person" TEXT,
  "contact_phone" TEXT,
  "start_date" TEXT,
  "end_date" TEXT,
  "government_procurement" INTEGER,
  "performance_type" TEXT,
  "overview" TEXT,
  "basis" TEXT,
  "necessity" TEXT,
  "safeguards" TEXT,
  "plan" TEXT,
  "overall_goal" TEXT,
  "annual_goal" TEXT,
  "project_funding_total_fen" INTEGER,
  "project_funding_total" REAL GENERATED ALWAYS AS ("project_funding_total_fen" / 100.0) VIRTUAL,
  "project_funding_fiscal_fen" INTEGER,
  "project_funding_fiscal" REAL GENERATED ALWAYS AS ("project_funding_fiscal_fen" / 100.0) VIRTUAL,
  "project_funding_other_fen" INTEGER,
  "project_funding_other" REAL GENERATED ALWAYS AS ("project_funding_other_fen" / 100.0) VIRTUAL,
  "annual_funding_total_fen" INTEGER,
  "annual_funding_total" REAL GENERATED ALWAYS AS ("annual_funding_total_fen" / 100.0) VIRTUAL,
  "annual_funding_fiscal_fen" INTEGER,
  "annual_funding_fiscal" REAL GENERATED ALWAYS AS ("annual_funding_fiscal_fen" / 100.0) VIRTUAL,
  "annual_funding_carryover_fen" INTEGER,
  "annual_funding_carryover" REAL GENERATED ALWAYS AS ("annual_funding_carryover_fen" / 100.0) VIRTUAL,
  "annual_funding_other_fen" INTEGER,
  "annual_funding_other" REAL GENERATED ALWAYS AS ("annual_funding_other_fen" / 100.0) VIRTUAL,
  "previous_budget_fen" INTEGER,
  "previous_budget" REAL GENERATED ALWAYS AS ("previous_budget_fen" / 100.0) VIRTUAL,
  "previous_executed_fen" INTEGER,
  "previous_executed" REAL GENERATED ALWAYS AS ("previous_executed_fen" / 100.0) VIRTUAL,
  "remarks" TEXT,
  PRIMARY KEY (record_id)
) WITHOUT ROWID;
INSERT INTO performance_declaration_fields VALUES(1,'农贸市场快速检测','市委市政府已确定的新增项目',NULL,'["政府购买服务"]',NULL,'云堤区大气环境监测站（青年志愿服务总站）',NULL,'钱远星','021-58385310','2019-06-03','2019-12-31',NULL,NULL,'另一方面, 第三方检测机构分三个批次完善与气象、公安、医疗等部门的信息互通, 并对照GB/T 2260等标准统一编码','为了降低设备带病运行的风险, 管理所通过公开比选将投诉办结率保持在92.5%以上。','为此，第三方检测机构逐项维护软件接口1-2个，并对隐患点挂牌督办。','为了把每一分钱花在刀刃上，第三方检测机构参照同类地区的做法将验收意见逐条销号。','一是在不影响日常开放的情况下签订服务合同十余份；二是依照既定流程完善与气象、公安、医疗等部门的信息互通；三是印制宣传折页7.5份。','一是分三个批次巡查河段3公里；二是通过公开比选公示采购结果并接受监督；三是做到“早发现、早报告、早处置”。','为了减少人工抄录造成的差错, 财务部门在汛期到来之前建立“一点一档”资料库。',17460000,NULL,NULL,5820000,NULL,NULL,NULL,14800000,1435600,'详见附件');
INSERT INTO performance_declaration_fields VALUES(3,'临湖市防汛物资储备','经常性专项业务费','运转类',NULL,'青渡市农业农村委员会','临湖市社区教育学院',NULL,NULL,NULL,'2025-06-03','2025-10-09',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'现场评估发现1,200处隐患，管理所拟利用寒暑假维护软件接口48个；对隐患点挂牌督办。财务部门根据上一轮普查结果印制宣传折页7.5份，让沉睡的资料真正用起来。',NULL,NULL,NULL,660000000,660000000,0,0,NULL,NULL,NULL);
INSERT INTO performance_declaration_fields VALUES(4,'老年助餐点补贴','其他一次性项目','特定目标类',NULL,'云堤区民政局','云堤区养老服务指导中心',NULL,NULL,NULL,'2025-01-01','2025-12-31',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('1、补贴助餐点18处, 每处每日供餐不少于60份;\n2、给行动不便的老人送餐上门;\n3、每季度抽检食材一次, 结果公示。','\n',char(10)),NULL,NULL,NULL,157602000,147602000,10000000,0,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "indicators" (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  "level1" TEXT,
  "level2" TEXT,
  "level3" TEXT,
  "target_text" TEXT,
  "target_operator" TEXT,
  "target_value" NUMERIC,
  "target_unit" TEXT,
  "target_note" TEXT,
  "actual_text" TEXT,
  "actual_operator" TEXT,
  "actual_value" NUMERIC,
  "actual_unit" TEXT,
  "actual_note" TEXT,
  "weight" NUMERIC,
  "score" NUMERIC,
  "deviation" TEXT,
  PRIMARY KEY (record_id, row)
) WITHOUT ROWID;
INSERT INTO indicators VALUES(1,0,'投入和管理目标',NULL,'“午后课堂”开设率','≤365.00次（以系统导出的数据为准）','<=',365,'次','以系统导出的数据为准',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(1,1,'投入和管理目标',NULL,'助餐点（含流动餐车）日均供餐份数','不低于15.00户','>=',15,'户',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(1,2,'效果目标',NULL,'无障碍设施改造后轮椅通行验证通过率','≥5GB（其中青年志愿者不少于30人）','>=',5,'GB','其中青年志愿者不少于30人',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(1,3,'效果目标',NULL,'信息公开及时性','=40(人次)','=',40,'人次',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(2,0,'产出指标','数量指标','人均补贴标准','=5.50场','=',5.5,'场',NULL,'4.12场','=',4.1200000000000001065,'场',NULL,15,13.5,'街镇合并后站点数量减少');
INSERT INTO indicators VALUES(2,1,'产出指标','质量指标','培训场次','≥12000.00(篇)','>=',12000,'篇',NULL,'12000.00(篇)','=',12000,'篇',NULL,15,15,NULL);
INSERT INTO indicators VALUES(2,2,'产出指标','成本指标','居民满意度','=1800(套)','=',1800,'套',NULL,'1,800.00(套)','=',1800,'套',NULL,15,15,NULL);
INSERT INTO indicators VALUES(2,3,'效益指标','经济效益指标','岗位人员稳定性','120.00元/平方米（以系统导出的数据为准）','=',120,'元/平方米','以系统导出的数据为准','90.00(元/平方米)','=',90,'元/平方米',NULL,15,13.5,'年初测算偏保守；下一年度将依据近三年均值设定目标值');
INSERT INTO indicators VALUES(3,0,'成本指标','经济成本指标','平均修复时长','不少于20%','>=',20,'%',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(3,1,'成本指标','生态环境成本指标','验收合格率','有效改善',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(3,2,'产出指标','数量指标','扫描页数','不少于5000万平方米（每季度至少一次）','>=',50000000,'平方米','每季度至少一次',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(3,3,'产出指标','质量指标','清淤工程量','≤365.00元（面向全部街镇发放问卷（回收率不低于八成））','<=',365,'元','面向全部街镇发放问卷（回收率不低于八成）',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,0,'成本指标','经济成本指标','单份餐费补贴','≤4.50(元/份)','<=',4.5,'元/份',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,1,'成本指标','经济成本指标','设备费','≤15.90(万元)','<=',15.900000000000000354,'万元',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,2,'产出指标','数量指标','助餐点数量','=18.00(处)','=',18,'处',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,3,'产出指标','数量指标','日均供餐','≥1,080.00(份)','>=',1080,'份',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,4,'产出指标','质量指标','食材抽检合格率','≥98.00(%)','>=',98,'%',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,5,'产出指标','时效指标','抽检公示','每季度末',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,6,'效益指标','社会效益指标','送餐上门','大于120人','>',120,'人',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,7,'效益指标','可持续影响指标','助餐档案','健全',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO indicators VALUES(4,8,'满意度指标','服务对象满意度指标','老人满意度','≥90(null)','>=',90,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "subprojects" (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  "name" TEXT,
  "amount_fen" INTEGER,
  "amount" REAL GENERATED ALWAYS AS ("amount_fen" / 100.0) VIRTUAL,
  PRIMARY KEY (record_id, row)
) WITHOUT ROWID;
INSERT INTO subprojects VALUES(1,0,'差旅与交通',3592200);
INSERT INTO subprojects VALUES(1,1,'软件开发（含等级测评）',968800);
CREATE TABLE IF NOT EXISTS "performance_self_evaluation_fields" (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  "project_name" TEXT,
  "supervising_department" TEXT,
  "implementing_unit" TEXT,
  "annual_goal" TEXT,
  "actual_completion" TEXT,
  "total_weight" NUMERIC,
  "total_score" NUMERIC,
  "grade" TEXT,
  PRIMARY KEY (record_id)
) WITHOUT ROWID;
INSERT INTO performance_self_evaluation_fields VALUES(2,'青渡市古树名木养护','石桥镇教育委员会','云堤区食品检验所（青年志愿服务总站）','其中，管理所参照同类地区的做法完成12处点位的现场踏勘，并采购图书160册。','为了避免重复投入，志愿服务队在预算额度之内整理并扫描卷宗十余卷。《青渡市公共服务设施管理办法（试行）》第十二条作了明确要求，街道和镇的联络员拟依照既定流程完善与气象、公安、医疗等部门的信息互通；对隐患点挂牌督办。',100,96.959999999999993743,'优');
CREATE TABLE IF NOT EXISTS "funding" (
  record_id INTEGER NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  row INTEGER NOT NULL,
  "source" TEXT,
  "initial_budget_fen" INTEGER,
  "initial_budget" REAL GENERATED ALWAYS AS ("initial_budget_fen" / 100.0) VIRTUAL,
  "annual_budget_fen" INTEGER,
  "annual_budget" REAL GENERATED ALWAYS AS ("annual_budget_fen" / 100.0) VIRTUAL,
  "executed_fen" INTEGER,
  "executed" REAL GENERATED ALWAYS AS ("executed_fen" / 100.0) VIRTUAL,
  "weight" NUMERIC,
  "execution_rate" NUMERIC,
  "score" NUMERIC,
  PRIMARY KEY (record_id, row)
) WITHOUT ROWID;
INSERT INTO funding VALUES(2,0,'total',12410000,12410000,12360000,10,99.599999999999994319,9.9600000000000008526);
INSERT INTO funding VALUES(2,1,'fiscal',770000,770000,760000,NULL,98.700000000000002843,NULL);
INSERT INTO funding VALUES(2,2,'carryover',0,0,0,NULL,0,NULL);
INSERT INTO funding VALUES(2,3,'other',11640000,11640000,11600000,NULL,99.659999999999996592,NULL);
CREATE INDEX files_by_content ON files(sha256, version_id);
CREATE INDEX files_by_original ON files(duplicate_of);
CREATE INDEX issues_by_record ON issues(record_id);
CREATE INDEX issues_by_file ON issues(file_id);
CREATE VIEW problems AS
SELECT i.severity, f.path AS file, coalesce(e.page, r.first_page) AS page, r.ordinal, i.check_id,
       i.pointer, e.text AS printed, i.message, i.record_id
FROM issues i
JOIN files f ON f.id = i.file_id
LEFT JOIN records r ON r.id = i.record_id
LEFT JOIN evidence e ON e.record_id = i.record_id AND e.pointer = i.pointer
WHERE i.severity <> 'info'
ORDER BY i.severity, f.path, r.ordinal, i.id;
CREATE VIEW "performance_declaration" AS
SELECT r.id AS record_id, f.path AS file, r.ordinal, r.first_page, r.layout, r.title, r.year,
  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'error') AS errors,
  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'warning') AS warnings,
  t."project_name",
  t."project_nature",
  t."project_category",
  t."fund_use",
  t."supervising_department",
  t."implementing_unit",
  t."project_leader",
  t."contact_person",
  t."contact_phone",
  t."start_date",
  t."end_date",
  t."government_procurement",
  t."performance_type",
  t."overview",
  t."basis",
  t."necessity",
  t."safeguards",
  t."plan",
  t."overall_goal",
  t."annual_goal",
  t."project_funding_total_fen",
  t."project_funding_total",
  t."project_funding_fiscal_fen",
  t."project_funding_fiscal",
  t."project_funding_other_fen",
  t."project_funding_other",
  t."annual_funding_total_fen",
  t."annual_funding_total",
  t."annual_funding_fiscal_fen",
  t."annual_funding_fiscal",
  t."annual_funding_carryover_fen",
  t."annual_funding_carryover",
  t."annual_funding_other_fen",
  t."annual_funding_other",
  t."previous_budget_fen",
  t."previous_budget",
  t."previous_executed_fen",
  t."previous_executed",
  t."remarks"
FROM "performance_declaration_fields" t JOIN records r ON r.id = t.record_id JOIN files f ON f.id = r.file_id;
CREATE VIEW "performance_self_evaluation" AS
SELECT r.id AS record_id, f.path AS file, r.ordinal, r.first_page, r.layout, r.title, r.year,
  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'error') AS errors,
  (SELECT count(*) FROM issues i WHERE i.record_id = r.id AND i.severity = 'warning') AS warnings,
  t."project_name",
  t."supervising_department",
  t."implementing_unit",
  t."annual_goal",
  t."actual_completion",
  t."total_weight",
  t."total_score",
  t."grade"
FROM "performance_self_evaluation_fields" t JOIN records r ON r.id = t.record_id JOIN files f ON f.id = r.file_id;
COMMIT;
