import './charts/draw'
