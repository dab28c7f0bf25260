"""How good an estimate is: reliability, validity, explanation, fit, prediction, and verdicts on each."""

from frontstage.measure.pls.assessment.blindfolding import q_squared
from frontstage.measure.pls.assessment.fit import Fit, srmr
from frontstage.measure.pls.assessment.prediction import ItemPrediction, Prediction, predict
from frontstage.measure.pls.assessment.reliability import Reliability, first_eigenvalues, reliability
from frontstage.measure.pls.assessment.structural import f_squared, path_vifs, r2_adjusted
from frontstage.measure.pls.assessment.thresholds import Verdict
from frontstage.measure.pls.assessment.validity import fornell_larcker, heterotrait, htmt, item_vifs
from frontstage.measure.pls.assessment.verdicts import judge

__all__ = [
    "Fit",
    "ItemPrediction",
    "Prediction",
    "Reliability",
    "Verdict",
    "f_squared",
    "first_eigenvalues",
    "fornell_larcker",
    "heterotrait",
    "htmt",
    "item_vifs",
    "judge",
    "path_vifs",
    "predict",
    "q_squared",
    "r2_adjusted",
    "reliability",
    "srmr",
]
